using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Streams;

/// <summary>Finds the boolean that asks for a stream, in a request or its query.</summary>
internal static class StreamFlag
{
    private const string UsualName = "stream";
    private const string SpeakeasyName = "x-speakeasy-stream-request-field";
    private const int MaxDepth = 16;

    /// <summary>The name of the flag, whose fields are marked as the client's; null where there is none.</summary>
    public static string? Find(ApiDocument document, Operation operation)
    {
        var name = operation.Node.Text(SpeakeasyName) ?? FernStreaming.FlagOf(operation) ?? UsualName;
        var fields = Fields(document, Request(operation), name);
        if (fields.Count > 0 && fields.TrueForAll(field => IsBoolean(document, field)))
        {
            fields.ForEach(static field => field.Set("x-managed", ScalarNode.FromBoolean(true, field.Place)));
            return name;
        }

        return operation.Parameters.Any(parameter => parameter.In == "query" && parameter.Name == name && IsBoolean(document, parameter.Schema)) ? name : null;
    }

    /// <summary>The schema of what is sent; null where nothing is.</summary>
    public static Node? Request(Operation operation)
        => operation.RequestBody?.Map("content")?.Entries
            .Where(static media => MediaTypes.IsJson(media.Key) || MediaTypes.Bare(media.Key) is MediaTypes.Multipart or MediaTypes.UrlEncoded)
            .Select(static media => (media.Value as MapNode)?["schema"])
            .FirstOrDefault();

    /// <summary>Every field of a name, in the parts and the arms of a schema too.</summary>
    public static List<MapNode> Fields(ApiDocument document, Node? schema, string name)
    {
        var fields = new List<MapNode>();
        Collect(document, schema, name, fields, MaxDepth);
        return fields;
    }

    /// <summary>Whether a value is true or false, or may be null instead.</summary>
    public static bool IsBoolean(ApiDocument document, Node? node, int depth = MaxDepth)
    {
        if (depth == 0 || document.Follow(node) is not { } schema)
        {
            return false;
        }

        var parts = new[] { "allOf", "oneOf", "anyOf" }.SelectMany(key => schema.List(key)?.Maps ?? []).Where(static part => part["type"] is not ScalarNode { Text: "null" }).ToList();
        return schema["type"] switch
        {
            ScalarNode type => type.Text == "boolean",
            ListNode types => types.Texts.Contains("boolean") && types.Texts.All(static type => type is "boolean" or "null"),
            _ => schema["const"] is ScalarNode { ScalarKind: ScalarKind.Boolean }
                || (schema.List("enum") is { Items.Count: > 0 } values && values.Items.TrueForAll(static value => value is ScalarNode { ScalarKind: ScalarKind.Boolean }))
                || (parts.Count > 0 && parts.TrueForAll(part => IsBoolean(document, part, depth - 1))),
        };
    }

    private static void Collect(ApiDocument document, Node? node, string name, List<MapNode> fields, int depth)
    {
        if (depth == 0 || document.Follow(node) is not { } schema)
        {
            return;
        }

        if (schema.Map("properties")?[name] is MapNode field && !fields.Contains(field))
        {
            fields.Add(field);
        }

        foreach (var part in new[] { "allOf", "oneOf", "anyOf" }.SelectMany(key => schema.List(key)?.Items ?? []))
        {
            Collect(document, part, name, fields, depth - 1);
        }
    }
}
