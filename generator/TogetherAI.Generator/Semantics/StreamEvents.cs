using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Specification;

namespace TogetherAI.Generator.Semantics;

/// <summary>What <c>x-stream</c> says of the events of each name.</summary>
internal static class StreamEvents
{
    private static readonly string[] Words = ["text", "error", "completes", "fails"];

    public static void Check(ApiDocument document, MapNode stream, MapNode events)
    {
        var fields = SchemaFields.Of(document, stream.Text("chunk") is { } chunk ? document.Schemas?[chunk] : null);
        if (stream["event"] is ScalarNode name && !fields.ContainsKey(name.Text))
        {
            document.Faults.Add(Codes.Stream, name.Place, $"'{name.Text}' is no field of the chunk.{Suggestion.For(name.Text, fields.Keys)}");
        }

        foreach (var entry in events.Entries)
        {
            Check(document, entry, fields);
        }

        var completes = events.Entries.Any(static entry => entry.Value is MapNode words && words.IsTrue("completes"));
        if (!completes && !stream.Has("done") && !stream.Has("end"))
        {
            document.Faults.Add(Codes.Stream, events.Place, "Nothing completes the stream. Say 'completes: true' of an event, 'done: required', or 'end: body'.");
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
                "text" => word.Value is ListNode list && list.Items.TrueForAll(static item => item is ScalarNode { IsText: true }) ? null : "a list of texts",
                "error" => word.Value is ScalarNode { IsText: true } ? null : "a text",
                "completes" or "fails" => word.Value is ScalarNode { ScalarKind: ScalarKind.Boolean } ? null : "true or false",
                _ => "",
            };
            if (wanted is not null)
            {
                document.Faults.Add(Codes.Stream, word.KeyPlace, wanted.Length > 0 ? $"'{word.Key}' must be {wanted}, not {word.Value.Kind}." : $"An event has no word '{word.Key}'.{Suggestion.For(word.Key, Words)}");
            }
        }

        foreach (var path in words.List("text")?.Items.OfType<ScalarNode>() ?? [])
        {
            StreamPaths.Check(document, path, fields);
        }

        if (words["error"] is ScalarNode error)
        {
            StreamPaths.Check(document, error, fields, isText: false);
        }
    }
}
