using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Writing;

namespace TogetherAI.Generator.Lifting;

/// <summary>Names objects, sets of words and unions that are written in place after where they stand.</summary>
internal sealed class InlineSchemas : ILift
{
    public void Apply(LiftContext context)
    {
        var named = new Dictionary<(string Name, string Json), string>();
        foreach (var slot in SchemaWalker.Walk(context).ToList())
        {
            if (slot.Role == SchemaRole.Named || !SchemaFacts.HasOwnType(slot.Schema))
            {
                continue;
            }

            if (slot.Schema["enum"] is ListNode { Items: [ScalarNode only] })
            {
                MakeConstant(slot.Schema, only);
                continue;
            }

            var type = (MapNode)slot.Schema.Clone();
            type.Remove("nullable");
            type.Remove("default");
            var key = (slot.Name, JsonNodeWriter.WriteText(type));
            if (!named.TryGetValue(key, out var name))
            {
                named[key] = name = context.AddSchema(slot.Name, type);
            }

            var annotations = (MapNode)slot.Schema.Clone();
            annotations.Remove("title");
            annotations.Remove("example");
            annotations.Remove("x-enumNames");
            slot.Replace(slot.Role == SchemaRole.Field ? SchemaReference.ToWith(name, annotations) : SchemaReference.To(name, slot.Schema.Place));
        }
    }

    // A field that can only have one value is a text that has it from the beginning.
    private static void MakeConstant(MapNode schema, ScalarNode value)
    {
        schema.Remove("enum");
        schema.Remove("x-enumNames");
        schema.Set("x-constant", value);
    }
}
