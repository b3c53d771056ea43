using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Rendering;

/// <summary>Makes nodes that stand in no file.</summary>
internal static class NodeBuilder
{
    private static readonly Place Nowhere = new("", 1, 1);

    public static ScalarNode Text(string text) => ScalarNode.FromText(text, Nowhere);

    public static ScalarNode True { get; } = ScalarNode.FromBoolean(true, Nowhere);

    public static ListNode List(IEnumerable<Node> items)
    {
        var list = new ListNode(Nowhere);
        list.Items.AddRange(items);
        return list;
    }

    /// <summary>A map; entries that are null are left out.</summary>
    public static MapNode Map(params IEnumerable<(string Key, Node? Value)> entries)
    {
        var map = new MapNode(Nowhere);
        foreach (var (key, value) in entries)
        {
            if (value is not null)
            {
                map.Add(key, value);
            }
        }

        return map;
    }
}
