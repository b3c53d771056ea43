using System.Globalization;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Writing;

namespace TogetherAI.Generator.Lifting;

/// <summary>Merges schemas that a value must all fit.</summary>
internal static class SchemaMerger
{
    /// <summary>Adds what another schema says; where both say something that only one can, the other wins.</summary>
    /// <param name="target">The schema to change.</param>
    /// <param name="other">The schema to add, which is not changed.</param>
    public static void MergeInto(MapNode target, MapNode other)
    {
        foreach (var entry in other.Entries)
        {
            var existing = target[entry.Key];
            if (existing is null)
            {
                target.Add(entry.Key, entry.Value.Clone(), entry.KeyPlace);
                continue;
            }

            target.Set(entry.Key, Merge(entry.Key, existing, entry.Value));
        }
    }

    private static Node Merge(string key, Node first, Node second) => (key, first, second) switch
    {
        ("properties", MapNode left, MapNode right) => MergeFields(left, right),
        ("required", ListNode left, ListNode right) => Union(left, right),
        ("allOf", ListNode left, ListNode right) => Union(left, right),
        ("enum", ListNode left, ListNode right) => Intersection(left, right),
        ("minimum" or "minLength" or "minItems" or "minProperties", ScalarNode left, ScalarNode right) => Number(left) > Number(right) ? left : right,
        ("maximum" or "maxLength" or "maxItems" or "maxProperties", ScalarNode left, ScalarNode right) => Number(left) < Number(right) ? left : right,
        _ => second.Clone(),
    };

    private static MapNode MergeFields(MapNode left, MapNode right)
    {
        foreach (var entry in right.Entries)
        {
            if (left[entry.Key] is MapNode field && entry.Value is MapNode other)
            {
                left.Set(entry.Key, MergeField(field, other));
            }
            else if (!left.Has(entry.Key))
            {
                left.Add(entry.Key, entry.Value.Clone(), entry.KeyPlace);
            }
        }

        return left;
    }

    // A reference says all of a field; beside it only what narrows it further counts.
    private static MapNode MergeField(MapNode field, MapNode other)
    {
        if (other.Has("$ref") || other.Has("allOf") || field.Has("$ref") || field.Has("allOf"))
        {
            return (MapNode)(SchemaFacts.IsAny(other) ? field : other).Clone();
        }

        MergeInto(field, other);
        return field;
    }

    private static ListNode Union(ListNode left, ListNode right)
    {
        var known = left.Items.Select(JsonNodeWriter.WriteText).ToHashSet(StringComparer.Ordinal);
        left.Items.AddRange(right.Items.Where(item => known.Add(JsonNodeWriter.WriteText(item))).Select(static item => item.Clone()));
        return left;
    }

    private static ListNode Intersection(ListNode left, ListNode right)
    {
        var known = left.Items.Select(JsonNodeWriter.WriteText).ToHashSet(StringComparer.Ordinal);
        var both = new ListNode(right.Place);
        both.Items.AddRange(right.Items.Where(item => known.Contains(JsonNodeWriter.WriteText(item))));
        return both.Items.Count > 0 ? both : right;
    }

    private static double Number(ScalarNode node)
        => double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
