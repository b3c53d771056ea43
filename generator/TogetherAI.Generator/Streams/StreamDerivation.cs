using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Streams;

/// <summary>
/// Completes what a document says of its streams in our words by what it says in others. Afterwards every operation with a
/// stream has <c>x-stream</c>, and the schema under the stream's media type is that of a chunk.
/// </summary>
internal sealed class StreamDerivation : IStep
{
    private const string Extension = "x-stream";

    // What says when a stream is complete.
    private static readonly string[] Completions = ["done", "end", "finish_reason", "final"];

    public void Run(ApiDocument document)
    {
        var read = new Dictionary<MapNode, EventSchema>();
        foreach (var operation in document.Operations.ToList())
        {
            FernStreaming.Rewrite(operation);
            if (StreamMedia.Of(operation) is not { } media || (operation.Node.Has(Extension) && operation.Stream is null))
            {
                continue;
            }

            var type = (MapNode)media.Value;
            if (!read.TryGetValue(type, out var events))
            {
                read.Add(type, events = new EventSchemaReader(document).Read(media));
            }

            Complete(document, operation, media, events);
        }
    }

    private static void Complete(ApiDocument document, Operation operation, MapEntry media, EventSchema events)
    {
        var isDerived = operation.Stream is null;
        var stream = operation.Stream ?? new MapNode(media.KeyPlace);
        operation.Node.Set(Extension, stream);
        if (!stream.Has("flag") && StreamFlag.Find(document, operation) is { } flag)
        {
            Say(stream, "flag", flag);
        }

        Chunk(document, operation, stream, (MapNode)media.Value, events);
        if (events.IsText)
        {
            Say(stream, "data", "text");
        }

        var terminator = FernStreaming.TerminatorOf(operation) ?? events.Terminator;
        if (terminator is not null and not "[DONE]" && !stream.Has("terminator"))
        {
            Say(stream, "terminator", terminator);
        }

        if ((isDerived || events.Named.Count > 0 || stream.Has("text")) && !IsCompleted(stream))
        {
            Say(stream, terminator is null ? "end" : "done", terminator is null ? "body" : "required");
        }
    }

    private static bool IsCompleted(MapNode stream)
        => Completions.Any(stream.Has) || (stream.Map("events")?.Entries.Any(static entry => entry.Value is MapNode words && words.IsTrue("completes")) ?? false);

    private static void Chunk(ApiDocument document, Operation operation, MapNode stream, MapNode media, EventSchema events)
    {
        media.Remove("itemSchema");
        if (NamedEvents.Of(document, operation, stream, media, events) is { } named)
        {
            media.Set("schema", named);
        }
        else if (events.Chunk is { } chunk)
        {
            media.Set("schema", chunk);
        }
        else if (stream.Text("chunk") is { } name && document.Schemas?.Has(name) == true)
        {
            media.Set("schema", SchemaReference.To(name, media.Place));
        }
        else
        {
            media.Remove("schema");
        }
    }

    private static void Say(MapNode stream, string word, string value) => stream.Set(word, ScalarNode.FromText(value, stream.Place));
}
