using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Streams;

/// <summary>
/// The extension <c>x-fern-streaming</c>, by which a document says of a response listed as JSON that it is a stream. It is
/// rewritten to what OpenAPI itself says.
/// </summary>
internal static class FernStreaming
{
    private const string Extension = "x-fern-streaming";
    private const string RequestPrefix = "$request.";

    /// <summary>Lists the stream among the contents of the response of success.</summary>
    public static void Rewrite(Operation operation)
    {
        if (operation.Node.Find(Extension) is not { Value: MapNode or ScalarNode { IsTrue: true } } extension
            || StreamMedia.Of(operation) is not null
            || Response(operation) is not { } response)
        {
            return;
        }

        var words = extension.Value as MapNode;
        var content = response.Map("content") ?? new MapNode(response.Place);
        var whole = content.Entries.FirstOrDefault(static entry => MediaTypes.IsJson(entry.Key))?.Value as MapNode;
        var chunk = words?["response-stream"] ?? whole?["schema"];
        if (FlagOf(operation) is null)
        {
            content.Clear();
        }
        else if (words?["response"] is { } schema)
        {
            whole ??= Added(content, MediaTypes.Json);
            whole.Set("schema", schema);
        }

        var media = Added(content, words?.Text("format") == "sse" ? StreamMedia.EventStream : StreamMedia.JsonLines);
        if (chunk is not null)
        {
            media.Add("schema", chunk);
        }

        response.Set("content", content);
    }

    /// <summary>The field of the request that asks for a stream; null where the extension names none.</summary>
    public static string? FlagOf(Operation operation)
        => operation.Node.Map(Extension)?.Text("stream-condition") is { } condition && condition.StartsWith(RequestPrefix, StringComparison.Ordinal)
            ? condition[RequestPrefix.Length..]
            : null;

    /// <summary>The text that ends the stream; null where the extension names none.</summary>
    public static string? TerminatorOf(Operation operation) => operation.Node.Map(Extension)?.Text("terminator");

    // Of the operation alone: a response that is referred to may be that of others, too.
    private static MapNode? Response(Operation operation)
    {
        if (operation.Success is not { } success)
        {
            return null;
        }

        var response = success.Entry.Value == success.Response ? success.Response : (MapNode)success.Response.Clone();
        operation.Node.Map("responses")!.Set(success.Entry.Key, response);
        return response;
    }

    private static MapNode Added(MapNode owner, string key)
    {
        var map = new MapNode(owner.Place);
        owner.Set(key, map);
        return map;
    }
}
