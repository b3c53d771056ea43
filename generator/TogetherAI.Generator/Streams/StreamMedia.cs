using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Streams;

/// <summary>Finds what an operation streams.</summary>
internal static class StreamMedia
{
    public const string EventStream = "text/event-stream";

    public const string JsonLines = "application/x-ndjson";

    /// <summary>The media type of an operation's stream, whose value is a map; null where it has none.</summary>
    public static MapEntry? Of(Operation operation)
        => Contents(operation)
            .SelectMany(static content => content.Entries)
            .FirstOrDefault(static media => MediaTypes.IsStream(media.Key) && media.Value is MapNode);

    /// <summary>Whether a media type is that of server-sent events.</summary>
    public static bool IsEventStream(string mediaType) => MediaTypes.Bare(mediaType) == EventStream;

    /// <summary>The contents of the responses of success; of the default one where there is no other.</summary>
    public static IEnumerable<MapNode> Contents(Operation operation)
    {
        var responses = operation.Responses.ToList();
        var successes = responses.Where(static response => response.Entry.Key.StartsWith('2')).OrderBy(static response => response.Entry.Key, StringComparer.Ordinal).ToList();
        return (successes.Count > 0 ? successes : responses.Where(static response => response.Entry.Key == "default"))
            .Select(static response => response.Response.Map("content"))
            .OfType<MapNode>();
    }
}
