using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>Reduces the responses of every operation to one that NSwag makes a method of: JSON, text, bytes or nothing.</summary>
internal sealed class ResponseBodies : ILift
{
    public void Apply(LiftContext context)
    {
        foreach (var operation in Operations.All(context.Root))
        {
            if (operation.Node["responses"] is MapNode responses)
            {
                Reduce(operation.Node, responses);
            }
        }
    }

    private static void Reduce(MapNode operation, MapNode responses)
    {
        var successes = WholeResponses.Successes(responses);
        var candidates = successes
            .SelectMany(static entry => ((entry.Value as MapNode)?["content"] as MapNode)?.Entries ?? [])
            .Where(static media => !MediaTypes.IsStream(media.Key) && media.Value is MapNode)
            .OrderBy(static media => Rank(media))
            .ToList();
        var stream = successes.SelectMany(static entry => ((entry.Value as MapNode)?["content"] as MapNode)?.Entries ?? []).FirstOrDefault(static media => MediaTypes.IsStream(media.Key) && media.Value is MapNode);
        if (stream is not null && MediaTypes.Bare(stream.Key) != "text/event-stream")
        {
            operation.Set("x-json-lines", ScalarNode.FromBoolean(true, responses.Place));
        }

        if (stream?.Value is MapNode events && events["schema"] is { } chunk)
        {
            operation.Set("x-chunk", chunk);
        }

        var response = new MapNode(responses.Place);
        response.Add("description", (successes.FirstOrDefault()?.Value as MapNode)?["description"] ?? ScalarNode.FromText("Success.", responses.Place));
        if (candidates.Count > 0)
        {
            response.Add("content", Content(operation, candidates[0]));
            if (Kind(candidates[0]) == "bytes" && candidates.Exists(static media => Kind(media) == "bytes" && MediaTypes.IsText(media.Key)))
            {
                // A file that may be a text: its type does not tell it from a message about a failure.
                var types = candidates.Where(static media => Kind(media) == "bytes").Select(static media => MediaTypes.Bare(media.Key));
                operation.Set("x-accept", ScalarNode.FromText(string.Join(", ", types), responses.Place));
            }

            if (successes.Exists(static entry => (entry.Value as MapNode)?["content"] is not MapNode { Entries.Count: > 0 }))
            {
                operation.Set("x-may-be-empty", ScalarNode.FromBoolean(true, responses.Place));
            }
        }
        else if (stream is not null)
        {
            operation.Set("x-stream-only", ScalarNode.FromBoolean(true, responses.Place));
        }

        var reduced = new MapNode(responses.Place);
        reduced.Add(candidates.Count > 0 ? "200" : "204", response);
        operation.Set("responses", reduced);
    }

    private static MapNode Content(MapNode operation, MapEntry media)
    {
        var content = new MapNode(media.KeyPlace);
        var type = (MapNode)media.Value;
        type.Remove("itemSchema");
        if (Kind(media) is { } kind)
        {
            operation.Set("x-response", ScalarNode.FromText(kind, media.KeyPlace));
            var schema = new MapNode(media.KeyPlace);
            schema.Add("type", ScalarNode.FromText("string", media.KeyPlace));
            if (kind == "bytes")
            {
                schema.Add("format", ScalarNode.FromText("binary", media.KeyPlace));
            }

            type.Set("schema", schema);
            content.Add(MediaTypes.Bare(media.Key), type, media.KeyPlace);
        }
        else
        {
            type.Set("schema", type["schema"] ?? new MapNode(media.KeyPlace));
            content.Add(MediaTypes.Json, type, media.KeyPlace);
            if (MediaTypes.Bare(media.Key).EndsWith("+json", StringComparison.Ordinal))
            {
                operation.Set("x-accept", ScalarNode.FromText(MediaTypes.Bare(media.Key), media.KeyPlace));
            }
        }

        return content;
    }

    // Null for JSON.
    private static string? Kind(MapEntry media)
        => MediaTypes.IsJson(media.Key) && !MediaTypes.IsBinary((media.Value as MapNode)?["schema"]) ? null
            : MediaTypes.IsText(media.Key) && !MediaTypes.IsBinary((media.Value as MapNode)?["schema"]) ? "text"
            : "bytes";

    private static int Rank(MapEntry media) => Kind(media) switch
    {
        null => MediaTypes.Bare(media.Key) == MediaTypes.Json && ((MapNode)media.Value).Has("schema") ? 0 : 1,
        "bytes" => 2,
        _ => 3,
    };
}
