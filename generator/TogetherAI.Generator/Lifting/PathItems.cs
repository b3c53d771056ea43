using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>Puts path items that are referred to where they are used, and leaves out what a client does not call.</summary>
internal sealed class PathItems : ILift
{
    public void Apply(LiftContext context)
    {
        if (context.Root["paths"] is MapNode paths)
        {
            foreach (var entry in paths.Entries.ToList())
            {
                if (entry.Value is MapNode item && item.Text("$ref") is { } pointer && JsonPointer.Find(context.Root, pointer) is MapNode target)
                {
                    paths.Set(entry.Key, target.Clone());
                }
            }
        }

        // The server calls these, not the client.
        context.Root.Remove("webhooks");
        foreach (var operation in Operations.All(context.Root))
        {
            operation.Node.Remove("callbacks");
        }

        if (context.Root["components"] is MapNode components)
        {
            components.Remove("pathItems");
            components.Remove("callbacks");
        }
    }
}
