using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>Puts parameters, request bodies, responses, headers and examples that are referred to where they are used.</summary>
internal sealed class InlinedComponents : ILift
{
    private const int MaxDepth = 32;

    public void Apply(LiftContext context)
    {
        foreach (var operation in Operations.All(context.Root))
        {
            Inline(context.Root, operation.Item["parameters"]);
            Inline(context.Root, operation.Node["parameters"]);
            if (operation.Node["requestBody"] is MapNode body)
            {
                operation.Node.Set("requestBody", Target(context.Root, body));
            }

            Inline(context.Root, operation.Node["responses"]);
        }

        if (context.Root["components"] is MapNode components)
        {
            foreach (var part in new[] { "parameters", "requestBodies", "responses", "headers", "examples", "links" })
            {
                components.Remove(part);
            }
        }
    }

    private static void Inline(Node root, Node? holder)
    {
        if (holder is ListNode list)
        {
            for (var index = 0; index < list.Items.Count; index++)
            {
                list.Items[index] = Target(root, list.Items[index]);
            }
        }
        else if (holder is MapNode map)
        {
            foreach (var entry in map.Entries.ToList())
            {
                map.Set(entry.Key, Target(root, entry.Value));
                // Of a response the client reads status and body alone.
                (map[entry.Key] as MapNode)?.Remove("headers");
                (map[entry.Key] as MapNode)?.Remove("links");
            }
        }
    }

    private static Node Target(Node root, Node node)
    {
        for (var depth = 0; depth < MaxDepth && (node as MapNode)?.Text("$ref") is { } pointer; depth++)
        {
            if (JsonPointer.Find(root, pointer) is not { } target)
            {
                break;
            }

            node = target.Clone();
        }

        return node;
    }
}
