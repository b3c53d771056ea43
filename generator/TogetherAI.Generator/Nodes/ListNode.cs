namespace TogetherAI.Generator.Nodes;

/// <summary>A list.</summary>
internal sealed class ListNode(Place place) : Node(place)
{
    public override string Kind => "a list";

    public List<Node> Items { get; } = [];

    public IEnumerable<MapNode> Maps => Items.OfType<MapNode>();

    /// <summary>The texts of the items that are single values.</summary>
    public IEnumerable<string> Texts => Items.OfType<ScalarNode>().Select(static item => item.Text);

    public override int Size => 1 + Items.Sum(static item => item.Size);

    public override Node Clone()
    {
        var copy = new ListNode(Place);
        copy.Items.AddRange(Items.Select(static item => item.Clone()));
        return copy;
    }
}
