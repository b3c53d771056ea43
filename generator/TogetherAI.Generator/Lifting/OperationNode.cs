using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>An operation and where it stands.</summary>
/// <param name="Path">The path, such as <c>/v1/models</c>.</param>
/// <param name="Method">The method in lower case.</param>
/// <param name="Item">The path item around it.</param>
/// <param name="Node">The operation.</param>
internal sealed record OperationNode(string Path, string Method, MapNode Item, MapNode Node)
{
    /// <summary>A name for what belongs to the operation: its id, or its method and path.</summary>
    public string Name => LiftName.Of(Node.Text("operationId") is { Length: > 0 } id ? id : $"{Method} {Path}");

    /// <summary>The parameters of the operation and of its path item.</summary>
    public IEnumerable<MapNode> Parameters
        => new[] { Node["parameters"], Item["parameters"] }.OfType<ListNode>().SelectMany(static list => list.Items).OfType<MapNode>();
}
