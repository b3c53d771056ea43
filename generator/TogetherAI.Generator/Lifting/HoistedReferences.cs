using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>Gives a name to every schema that is referred to where it stands, such as <c>#/components/schemas/A/properties/b</c>.</summary>
internal sealed class HoistedReferences : ILift
{
    private static readonly HashSet<string> Structure = new(StringComparer.Ordinal)
    {
        "components", "schemas", "properties", "$defs", "definitions", "paths", "content", "schema", "allOf", "oneOf", "anyOf", "parameters",
    };

    public void Apply(LiftContext context)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        bool changed;
        do
        {
            changed = false;
            foreach (var slot in SchemaWalker.Walk(context).ToList())
            {
                var pointer = slot.Schema.Text("$ref");
                if (pointer is null || SchemaReference.NameOf(slot.Schema) is not null)
                {
                    continue;
                }

                if (names.TryGetValue(pointer, out var name) || (name = Hoist(context, pointer)) is not null)
                {
                    names[pointer] = name;
                    slot.Schema.Set("$ref", ScalarNode.FromText(SchemaReference.Prefix + JsonPointer.Escape(name), slot.Schema.Place));
                    changed = true;
                }
            }
        }
        while (changed);
    }

    private static string? Hoist(LiftContext context, string pointer)
    {
        if (JsonPointer.Find(context.Root, pointer) is not MapNode target)
        {
            return null;
        }

        var words = pointer.Split('/').Skip(1).Select(JsonPointer.Unescape).Where(static token => !Structure.Contains(token));
        return context.AddSchema(LiftName.Of(string.Join(' ', words)), (MapNode)target.Clone());
    }
}
