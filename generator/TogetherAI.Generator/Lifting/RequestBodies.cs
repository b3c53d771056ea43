using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>Reduces the body of every request to one media type that the client sends: JSON, a form, text or bytes.</summary>
internal sealed class RequestBodies : ILift
{
    public void Apply(LiftContext context)
    {
        foreach (var operation in Operations.All(context.Root))
        {
            if (operation.Node["requestBody"] is MapNode body && body["content"] is MapNode content && content.Entries.Count > 0)
            {
                Reduce(operation.Node, body, content);
            }
            else
            {
                operation.Node.Remove("requestBody");
            }
        }
    }

    private static void Reduce(MapNode operation, MapNode body, MapNode content)
    {
        var chosen = content.Entries.OrderBy(static entry => Rank(entry.Key)).First();
        var type = chosen.Value as MapNode ?? new MapNode(chosen.KeyPlace);
        var bare = MediaTypes.Bare(chosen.Key);
        if (bare is MediaTypes.Multipart or MediaTypes.UrlEncoded && SchemaReference.NameOf(type["schema"]) is { } form)
        {
            Keep(body, MediaTypes.Multipart, type, chosen);
            operation.Set("x-form", ScalarNode.FromText(form, chosen.KeyPlace));
            Say(operation, "x-form-encoding", bare == MediaTypes.UrlEncoded ? "urlencoded" : "multipart", chosen);
        }
        else if (bare is MediaTypes.Multipart or MediaTypes.UrlEncoded)
        {
            // Without an object there are no parts; it is refused.
            Keep(body, MediaTypes.Multipart, type, chosen);
        }
        else if (MediaTypes.IsJson(chosen.Key) && !MediaTypes.IsBinary(type["schema"]))
        {
            type.Set("schema", type["schema"] ?? new MapNode(chosen.KeyPlace));
            Keep(body, MediaTypes.Json, type, chosen);
            if (bare.EndsWith("+json", StringComparison.Ordinal))
            {
                Say(operation, "x-content-type", chosen.Key, chosen);
            }
        }
        else
        {
            var isText = MediaTypes.IsText(chosen.Key);
            Keep(body, isText ? MediaTypes.Text : MediaTypes.Bytes, Described(isText ? null : "binary", chosen), chosen);
            Say(operation, "x-body", isText ? "text" : "bytes", chosen);
            Say(operation, "x-content-type", bare.Contains('*', StringComparison.Ordinal) ? MediaTypes.Bytes : chosen.Key, chosen);
        }

        if (body["required"] is not ScalarNode { IsTrue: true } && !operation.Has("x-form"))
        {
            operation.Set("x-optional-body", ScalarNode.FromBoolean(true, body.Place));
        }

        body.Set("required", ScalarNode.FromBoolean(true, body.Place));
    }

    private static int Rank(string mediaType) => MediaTypes.Bare(mediaType) switch
    {
        MediaTypes.Json => 0,
        var bare when MediaTypes.IsJson(bare) && bare != "*/*" => 1,
        MediaTypes.Multipart => 2,
        MediaTypes.UrlEncoded => 3,
        var bare when MediaTypes.IsText(bare) => 4,
        _ => 5,
    };

    private static void Keep(MapNode body, string mediaType, MapNode type, MapEntry chosen)
    {
        var content = new MapNode(chosen.KeyPlace);
        content.Add(mediaType, type, chosen.KeyPlace);
        body.Set("content", content);
    }

    private static MapNode Described(string? format, MapEntry chosen)
    {
        var schema = new MapNode(chosen.KeyPlace);
        schema.Add("type", ScalarNode.FromText("string", chosen.KeyPlace));
        if (format is not null)
        {
            schema.Add("format", ScalarNode.FromText(format, chosen.KeyPlace));
        }

        var type = new MapNode(chosen.KeyPlace);
        type.Add("schema", schema);
        return type;
    }

    private static void Say(MapNode operation, string word, string value, MapEntry chosen)
        => operation.Set(word, ScalarNode.FromText(value, chosen.KeyPlace));
}
