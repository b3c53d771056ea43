using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Documents;

/// <summary>An operation and where it stands.</summary>
/// <param name="PathEntry">The path, such as <c>/v1/models</c>, with its path item.</param>
/// <param name="MethodEntry">The method in lower case, with the operation.</param>
internal sealed record OperationNode(MapEntry PathEntry, MapEntry MethodEntry)
{
    public string Path => PathEntry.Key;

    public string Method => MethodEntry.Key;

    /// <summary>The path item around the operation.</summary>
    public MapNode Item => (MapNode)PathEntry.Value;

    public MapNode Node => (MapNode)MethodEntry.Value;

    /// <summary>The parameters of the operation and of its path item.</summary>
    public IEnumerable<MapNode> Parameters
        => new[] { Node["parameters"], Item["parameters"] }.OfType<ListNode>().SelectMany(static list => list.Items).OfType<MapNode>();
}
