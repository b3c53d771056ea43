using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Specification;
using TogetherAI.Generator.Streams;

namespace TogetherAI.Generator.Semantics;

/// <summary>What <c>x-stream</c> says of the events of each name.</summary>
internal static class StreamEvents
{
    private static readonly string[] Words = ["text", "finish_reason", "error", "completes", "fails", "chunk"];

    /// <summary>Reports what does not agree.</summary>
    /// <param name="document">The document.</param>
    /// <param name="stream">What <c>x-stream</c> says.</param>
    /// <param name="events">What it says of events.</param>
    /// <param name="chunk">The schema of all events, or of those of each name; null where there is none.</param>
    public static void Check(ApiDocument document, MapNode stream, MapNode events, Node? chunk)
    {
        var arms = NamedEvents.Arms(document, chunk);
        var fields = arms is null ? SchemaFields.Of(document, chunk) : arms.Entries.SelectMany(arm => SchemaFields.Of(document, arm.Value)).DistinctBy(static field => field.Key).ToDictionary(StringComparer.Ordinal);
        if (stream["event"] is ScalarNode name && !fields.ContainsKey(name.Text))
        {
            document.Faults.Add(Codes.Stream, name.Place, $"'{name.Text}' is no field of the chunk.{Suggestion.For(name.Text, fields.Keys)}");
        }

        foreach (var entry in events.Entries)
        {
            Check(document, entry, arms?[entry.Key] is { } arm ? SchemaFields.Of(document, arm) : fields);
        }

        var completes = events.Entries.Any(static entry => entry.Value is MapNode words && words.IsTrue("completes"));
        if (!completes && !stream.Has("done") && !stream.Has("end"))
        {
            document.Faults.Add(Codes.Stream, events.Place, "Nothing completes the stream. Specify 'completes: true' for an event, 'done: required', or 'end: body'.");
        }
    }

    private static void Check(ApiDocument document, MapEntry entry, Dictionary<string, Node> fields)
    {
        if (entry.Value is not MapNode words)
        {
            document.Faults.Add(Codes.Stream, entry.Value.Place, $"'{entry.Key}' must be a map of {string.Join(", ", Words)}, not {entry.Value.Kind}.");
            return;
        }

        foreach (var word in words.Entries)
        {
            var wanted = word.Key switch
            {
                "text" => word.Value is ListNode list && list.Items.TrueForAll(static item => item is ScalarNode { IsText: true }) ? null : "a list of strings",
                "finish_reason" or "error" or "chunk" => word.Value is ScalarNode { IsText: true } ? null : "a string",
                "completes" or "fails" => word.Value is ScalarNode { ScalarKind: ScalarKind.Boolean } ? null : "true or false",
                _ => "",
            };
            if (wanted is not null)
            {
                document.Faults.Add(Codes.Stream, word.KeyPlace, wanted.Length > 0 ? $"'{word.Key}' must be {wanted}, not {word.Value.Kind}." : $"An event has no key '{word.Key}'.{Suggestion.For(word.Key, Words)}");
            }
        }

        if (words["text"] is ListNode { Items.Count: 0 } nothing)
        {
            document.Faults.Add(Codes.Stream, nothing.Place, StreamCheck.NoText);
        }

        foreach (var path in words.List("text")?.Items.OfType<ScalarNode>() ?? [])
        {
            StreamPaths.Check(document, path, fields);
        }

        if (words["chunk"] is ScalarNode { IsText: true } chunk && document.Schemas?.Has(chunk.Text) != true)
        {
            document.Faults.Add(Codes.Stream, chunk.Place, $"The chunk '{chunk.Text}' is no schema.{Suggestion.For(chunk.Text, document.Schemas?.Keys ?? [])}");
        }

        if (words["finish_reason"] is ScalarNode reason)
        {
            StreamPaths.Check(document, reason, fields);
        }

        if (words["error"] is ScalarNode error)
        {
            StreamPaths.Check(document, error, fields, isText: false);
        }
    }
}
