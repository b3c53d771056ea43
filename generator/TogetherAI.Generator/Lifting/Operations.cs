using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>Finds the operations of a document.</summary>
internal static class Operations
{
    public static IEnumerable<OperationNode> All(MapNode root)
        => from path in ((root["paths"] as MapNode)?.Entries ?? []).ToList()
           where path.Value is MapNode
           from method in ((MapNode)path.Value).Entries.ToList()
           where OpenApiMethods.All.Contains(method.Key) && method.Value is MapNode
           select new OperationNode(path.Key, method.Key, (MapNode)path.Value, (MapNode)method.Value);
}
