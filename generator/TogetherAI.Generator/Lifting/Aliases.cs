using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>
/// Puts named schemas that have no C# type of their own, such as lists, maps and plain values, where they are used.
/// </summary>
internal sealed class Aliases : ILift
{
    public void Apply(LiftContext context)
    {
        var aliases = context.Schemas.Entries
            .Where(entry => entry.Value is MapNode schema && !context.HandWritten.Contains(entry.Key) && IsAlias(schema))
            .ToDictionary(static entry => entry.Key, static entry => (MapNode)entry.Value, StringComparer.Ordinal);
        // First what wraps an alias, then the plain references, among them those within the wrappers that are left.
        foreach (var isWrapped in new[] { true, false })
        {
            foreach (var slot in SchemaWalker.Walk(context).ToList())
            {
                if (slot.Schema["allOf"] is ListNode == isWrapped && !(slot.Role == SchemaRole.Named && aliases.ContainsKey(slot.Name)))
                {
                    slot.Replace(Expand(context, aliases, slot.Schema, []));
                }
            }
        }

        foreach (var name in aliases.Keys)
        {
            context.Schemas.Remove(name);
        }
    }

    private static bool IsAlias(MapNode schema)
        => !SchemaFacts.HasOwnType(schema) && !(schema.Text("type") == "object" && schema["additionalProperties"] is not MapNode);

    // Only the schema itself: what is inside it is a place of its own, which the walk gives too.
    private static MapNode Expand(LiftContext context, Dictionary<string, MapNode> aliases, MapNode schema, HashSet<string> open)
    {
        if ((SchemaReference.NameOf(schema) ?? SchemaReference.WrappedNameOf(schema)) is not { } name || !aliases.TryGetValue(name, out var alias))
        {
            return schema;
        }

        if (!open.Add(name))
        {
            context.Faults.Add(Codes.EndlessSchema, alias.Place, $"The schema '{name}' contains itself without an object in between. Wrap it in an object with a field.");
            return new MapNode(schema.Place);
        }

        var body = (MapNode)ExpandInside(context, aliases, Expand(context, aliases, (MapNode)alias.Clone(), open), open);
        open.Remove(name);
        foreach (var entry in schema.Entries.Where(static entry => entry.Key is not "$ref" and not "allOf"))
        {
            body.Set(entry.Key, entry.Value);
        }

        return body;
    }

    private static Node ExpandInside(LiftContext context, Dictionary<string, MapNode> aliases, MapNode schema, HashSet<string> open)
    {
        foreach (var key in new[] { "items", "additionalProperties" })
        {
            if (schema[key] is MapNode inner)
            {
                schema.Set(key, ExpandInside(context, aliases, Expand(context, aliases, inner, open), open));
            }
        }

        return schema;
    }
}
