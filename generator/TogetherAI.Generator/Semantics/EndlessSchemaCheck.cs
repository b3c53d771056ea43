using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Semantics;

/// <summary>
/// No schema is one of its own alternatives, or a part of itself. A list of alternatives that leads to a schema which extends
/// the first one is not such a case: it describes the types that are derived from it.
/// </summary>
internal sealed class EndlessSchemaCheck : IStep
{
    public void Run(ApiDocument document)
    {
        foreach (var keys in new[] { new[] { "oneOf", "anyOf" }, ["allOf"] })
        {
            var reported = new HashSet<string>(StringComparer.Ordinal);
            foreach (var schema in document.Schemas?.Entries.Where(entry => !document.Settings.HandWrittenTypes.Contains(entry.Key)) ?? [])
            {
                if (schema.Value is MapNode node && !reported.Contains(schema.Key) && WayBack(document, schema.Key, node, keys, []) is { } way)
                {
                    reported.UnionWith(way.Select(static step => step.Name));
                    Report(document, schema.Key, way, keys.Length > 1);
                }
            }
        }
    }

    // The references from a schema to itself, first to last; null where there is no such way.
    private static List<(string Name, Place Place)>? WayBack(ApiDocument document, string name, MapNode schema, string[] keys, HashSet<MapNode> seen)
    {
        foreach (var part in keys.SelectMany(key => schema.List(key)?.Maps ?? []).Where(seen.Add))
        {
            if (part["$ref"] is not ScalarNode { IsText: true } reference)
            {
                if (WayBack(document, name, part, keys, seen) is { } inside)
                {
                    return inside;
                }

                continue;
            }

            var target = reference.Text.Split('/')[^1];
            if (target == name)
            {
                return [(target, reference.Place)];
            }

            if (document.Follow(part) is { } next && seen.Add(next) && WayBack(document, name, next, keys, seen) is { } rest)
            {
                return [(target, reference.Place), .. rest];
            }
        }

        return null;
    }

    private static void Report(ApiDocument document, string name, List<(string Name, Place Place)> way, bool isUnion)
    {
        var through = way.Count > 1 ? $", through {string.Join(", ", way.SkipLast(1).Select(static step => $"'{step.Name}'"))}" : "";
        document.Faults.Add(Codes.EndlessSchema, way[0].Place, $"The schema '{name}' is {(isUnion ? "one" : "a part")} of itself{through}. Take it out of the list.");
    }
}
