using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>
/// Says, for the code that reads a union, by what a type of it is known: its JSON kind, the field whose value tells it
/// from the others, the fields that it requires and has.
/// </summary>
internal static class ArmDescription
{
    public static MapNode Of(LiftContext context, MapNode union, MapNode arm, MapNode resolved)
    {
        var description = new MapNode(arm.Place);
        var kind = KindOf(resolved);
        description.Add("kind", Text(kind, arm));
        if (kind == "Array" && resolved["items"] is MapNode items)
        {
            description.Add("items", Text(KindOf(context.Resolve(items) ?? items), arm));
        }

        if (kind != "Object" || resolved.Has("x-union"))
        {
            return description;
        }

        var discriminator = union["discriminator"] as MapNode;
        var field = discriminator?.Text("propertyName");
        var values = field is null ? [] : Mapped(discriminator!, arm).Concat(Constants.All(resolved, context).Where(pair => pair.Field == field).Select(static pair => pair.Value)).Concat(WordsOf(context, resolved, field)).Distinct().ToList();
        if (values.Count == 0 && field is not null && NameOf(arm) is { } name)
        {
            // OpenAPI 3.0, Discriminator Object: without a mapping the name of the schema is the value.
            values.Add(name);
        }

        if (field is null && Constants.Of(resolved, context) is { } constant)
        {
            (field, values) = (constant.Field, [constant.Value]);
        }

        if (field is not null)
        {
            description.Add("field", Text(field, arm));
            description.Add("values", List(values, arm));
        }

        description.Add("required", List(((resolved["required"] as ListNode)?.Items ?? []).OfType<ScalarNode>().Select(static word => word.Text), arm));
        description.Add("fields", List((resolved["properties"] as MapNode)?.Keys ?? [], arm));
        return description;
    }

    private static string? NameOf(MapNode arm) => SchemaReference.NameOf(arm) ?? SchemaReference.WrappedNameOf(arm);

    private static IEnumerable<string> Mapped(MapNode discriminator, MapNode arm)
    {
        var name = NameOf(arm);
        return from entry in (discriminator["mapping"] as MapNode)?.Entries ?? []
               let target = (entry.Value as ScalarNode)?.Text
               where target is not null && (target == name || target == SchemaReference.Prefix + JsonPointer.Escape(name ?? ""))
               select entry.Key;
    }

    // The field may be a set of a few words that all mean this type.
    private static IEnumerable<string> WordsOf(LiftContext context, MapNode schema, string field)
        => context.Unwrap((schema["properties"] as MapNode)?[field])?["enum"] is ListNode words
            ? words.Items.OfType<ScalarNode>().Select(static word => word.Text)
            : [];

    private static string KindOf(MapNode schema) => schema.Text("type") switch
    {
        "string" => "String",
        "integer" or "number" => "Number",
        "boolean" => "Boolean",
        "array" => "Array",
        "object" => "Object",
        _ => SchemaFacts.HasOwnType(schema) ? "Object" : "Any",
    };

    private static ScalarNode Text(string text, Node at) => ScalarNode.FromText(text, at.Place);

    private static ListNode List(IEnumerable<string> texts, Node at)
    {
        var list = new ListNode(at.Place);
        list.Items.AddRange(texts.Select(text => Text(text, at)));
        return list;
    }
}
