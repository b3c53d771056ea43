using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>
/// Describes a union as an object with a field for each of its types, which the template renders as a class that holds
/// one of them.
/// </summary>
internal sealed class Unions : ILift
{
    /// <summary>Says that a union with a list of items is made of them: by a collection expression, an array or a list.</summary>
    public const string Collection = "x-collection";

    /// <summary>The members that a partial class has instead of those that are generated.</summary>
    public const string OwnMembers = "x-hand-written";

    // What a union keeps of its schema.
    private static readonly HashSet<string> Kept = ["description", "example", "deprecated", "nullable", "x-csharp-name", Collection, OwnMembers];

    public void Apply(LiftContext context)
    {
        foreach (var entry in context.Schemas.Entries.ToList())
        {
            if (entry.Value is MapNode schema && schema["oneOf"] is ListNode arms && !context.HandWritten.Contains(entry.Key))
            {
                context.Schemas.Set(entry.Key, Describe(context, entry.Key, schema, arms));
            }
        }
    }

    private static MapNode Describe(LiftContext context, string name, MapNode schema, ListNode arms)
    {
        var union = new MapNode(schema.Place);
        union.Add("type", ScalarNode.FromText("object", schema.Place));
        foreach (var annotation in schema.Entries.Where(static entry => Kept.Contains(entry.Key)))
        {
            union.Add(annotation.Key, annotation.Value, annotation.KeyPlace);
        }

        var fields = new MapNode(schema.Place);
        foreach (var arm in arms.Items.OfType<MapNode>())
        {
            var resolved = context.Unwrap(arm) ?? arm;
            // An object that may have any field is kept as JSON, like all that is none of the types, unless it has a name.
            var isFree = resolved.Text("type") == "object" && !SchemaFacts.HasOwnType(resolved) && resolved["additionalProperties"] is not MapNode;
            if (isFree && !arm.Has("x-csharp-name"))
            {
                continue;
            }

            var field = SchemaReference.NameOf(arm) is { } target ? SchemaReference.Wrapped(target, arm.Place) : (MapNode)arm.Clone();
            var description = ArmDescription.Of(context, schema, arm, resolved);
            if (isFree)
            {
                description.Add("free", ScalarNode.FromBoolean(true, arm.Place));
            }

            if (schema.Has(Collection) && resolved.Text("type") == "array")
            {
                description.Add("collection", ScalarNode.FromBoolean(true, arm.Place));
            }

            field.Set("x-arm", description);
            fields.Add(FreeName(fields, ArmName(context, name, arm)), field);
        }

        union.Add("properties", fields);
        union.Add("additionalProperties", ScalarNode.FromBoolean(false, schema.Place));
        union.Add("x-union", ScalarNode.FromBoolean(true, schema.Place));
        return union;
    }

    private static string ArmName(LiftContext context, string union, MapNode arm)
    {
        if ((SchemaReference.NameOf(arm) ?? SchemaReference.WrappedNameOf(arm)) is { } name)
        {
            return name.Length > union.Length && name.StartsWith(union, StringComparison.Ordinal) ? name[union.Length..] : name;
        }

        return arm.Text("type") switch
        {
            "string" => "Text",
            "integer" or "number" => "Number",
            "boolean" => "Boolean",
            "array" => arm["items"] is MapNode items && context.Resolve(items) is not null ? ArmName(context, union, items) + "List" : "List",
            _ => "Map",
        };
    }

    private static string FreeName(MapNode fields, string name)
    {
        var free = name;
        for (var number = 2; fields.Has(free); number++)
        {
            free = name + number;
        }

        return free;
    }
}
