using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>
/// Describes a union as an object with a field for each of its types, which the template renders as a class that holds
/// one of them.
/// </summary>
internal sealed class Unions : ILift
{
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
        foreach (var annotation in schema.Entries.Where(static entry => entry.Key is "description" or "example" or "deprecated"))
        {
            union.Add(annotation.Key, annotation.Value, annotation.KeyPlace);
        }

        var fields = new MapNode(schema.Place);
        foreach (var arm in arms.Items.OfType<MapNode>())
        {
            var resolved = context.Resolve(arm) ?? arm;
            if (SchemaReference.NameOf(arm) == name)
            {
                context.Faults.Add(Codes.EndlessSchema, arm.Place, $"The schema '{name}' is one of itself. Take it out of the list.");
                continue;
            }

            // An object that may have any field is kept as JSON, like all that is none of the types.
            if (resolved.Text("type") == "object" && !SchemaFacts.HasOwnType(resolved) && resolved["additionalProperties"] is not MapNode)
            {
                continue;
            }

            var field = SchemaReference.NameOf(arm) is { } target ? SchemaReference.Wrapped(target, arm.Place) : (MapNode)arm.Clone();
            field.Set("x-arm", ArmDescription.Of(context, schema, arm, resolved));
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
