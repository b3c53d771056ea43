using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>
/// Turns a schema with a discriminator, on which others build by <c>allOf</c>, into a union of those: where it stands,
/// any of them may come.
/// </summary>
internal sealed class Inheritance : ILift
{
    public void Apply(LiftContext context)
    {
        foreach (var entry in context.Schemas.Entries.ToList())
        {
            if (entry.Value is MapNode schema && schema["discriminator"] is MapNode && !SchemaFacts.IsUnion(schema) && !context.HandWritten.Contains(entry.Key))
            {
                var children = Children(context, entry.Key).ToList();
                if (children.Count > 0)
                {
                    Split(context, entry.Key, schema, children);
                }
            }
        }
    }

    private static IEnumerable<(string Name, MapNode Reference)> Children(LiftContext context, string name)
        => from entry in context.Schemas.Entries
           where (entry.Value as MapNode)?["allOf"] is ListNode
           from element in ((ListNode)((MapNode)entry.Value)["allOf"]!).Items
           where SchemaReference.NameOf(element) == name
           select (entry.Key, (MapNode)element);

    private static void Split(LiftContext context, string name, MapNode schema, List<(string Name, MapNode Reference)> children)
    {
        var shared = (MapNode)schema.Clone();
        shared.Remove("discriminator");
        var sharedName = context.AddSchema(name + "Base", shared);

        var union = new MapNode(schema.Place);
        var arms = new ListNode(schema.Place);
        foreach (var child in children)
        {
            child.Reference.Set("$ref", ScalarNode.FromText(SchemaReference.Prefix + JsonPointer.Escape(sharedName), child.Reference.Place));
            arms.Items.Add(SchemaReference.To(child.Name, child.Reference.Place));
        }

        union.Add("oneOf", arms);
        union.Add("discriminator", schema["discriminator"]!);
        if (schema["description"] is { } description)
        {
            union.Add("description", description);
        }

        context.Schemas.Set(name, union);
    }
}
