using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Documents;

/// <summary>The fields of a schema, those of the schemas that it is composed of included.</summary>
internal static class SchemaFields
{
    private static readonly string[] Compositions = ["allOf", "oneOf", "anyOf"];

    /// <summary>The fields by their names on the wire; the first schema that has a name wins.</summary>
    public static Dictionary<string, Node> Of(ApiDocument document, Node? schema)
    {
        var fields = new Dictionary<string, Node>(StringComparer.Ordinal);
        Collect(document, schema, fields, []);
        return fields;
    }

    private static void Collect(ApiDocument document, Node? schema, Dictionary<string, Node> fields, HashSet<MapNode> seen)
    {
        if (document.Follow(schema) is not { } target || !seen.Add(target))
        {
            return;
        }

        foreach (var field in target.Map("properties")?.Entries ?? [])
        {
            fields.TryAdd(field.Key, field.Value);
        }

        foreach (var part in Compositions.SelectMany(key => target.List(key)?.Items ?? []))
        {
            Collect(document, part, fields, seen);
        }
    }
}
