using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Specification;

/// <summary>Goes through a document along the table: what stands in an example, a default or an extension is left out.</summary>
internal static class DocumentWalk
{
    /// <summary>Names every object of the document together with its type, outer ones first.</summary>
    /// <param name="table">The table of the document's version.</param>
    /// <param name="node">Where to begin.</param>
    /// <param name="type">What stands there.</param>
    public static IEnumerable<(MapNode Node, string Type)> Objects(OpenApiTable table, Node node, string type = "Document")
        => Objects(table, node, new KeyType.Object(type));

    private static IEnumerable<(MapNode Node, string Type)> Objects(OpenApiTable table, Node node, KeyType type) => (type, node) switch
    {
        (KeyType.Object named, MapNode map) => OfObject(table, map, table[named.Name]),
        (KeyType.ListOf list, ListNode items) => items.Items.SelectMany(item => Objects(table, item, list.Item)),
        (KeyType.MapOf values, MapNode map) => map.Entries.SelectMany(entry => Objects(table, entry.Value, values.Value)),
        (KeyType.Either either, _) => either.Types.SelectMany(one => Objects(table, node, one)),
        _ => [],
    };

    private static IEnumerable<(MapNode Node, string Type)> OfObject(OpenApiTable table, MapNode map, ObjectType type)
    {
        yield return (map, type.Name);
        foreach (var entry in map.Entries.ToList())
        {
            var inner = type.Keys.GetValueOrDefault(entry.Key)
                ?? (type.Pattern is { } pattern && !entry.Key.StartsWith("x-", StringComparison.Ordinal) ? pattern.Value : null);
            if (inner is not null)
            {
                foreach (var found in Objects(table, entry.Value, inner))
                {
                    yield return found;
                }
            }
        }
    }
}
