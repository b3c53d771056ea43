namespace TogetherAI.Generator.Nodes;

/// <summary>A list.</summary>
internal sealed class ListNode(Place place) : Node(place)
{
    public override string Kind => "a list";

    public List<Node> Items { get; } = [];

    public override Node Clone()
    {
        var copy = new ListNode(Place);
        copy.Items.AddRange(Items.Select(static item => item.Clone()));
        return copy;
    }
}
