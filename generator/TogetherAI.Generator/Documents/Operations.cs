using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Documents;

/// <summary>Finds the operations of a document, which may be wrong.</summary>
internal static class Operations
{
    // Lists of what there is now: who looks at an operation may change the document.
    public static IEnumerable<OperationNode> All(MapNode root)
        => from path in (root.Map("paths")?.Entries ?? []).ToList()
           where path.Value is MapNode
           from method in ((MapNode)path.Value).Entries.ToList()
           where OpenApiMethods.All.Contains(method.Key) && method.Value is MapNode
           select new OperationNode(path, method);
}
