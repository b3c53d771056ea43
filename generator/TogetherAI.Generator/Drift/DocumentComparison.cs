using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Drift;

/// <summary>Compares what two documents say of their operations.</summary>
internal static class DocumentComparison
{
    /// <summary>All differences, by operation. What is in something that only one has is not told by itself.</summary>
    public static IReadOnlyList<Difference> Compare(MapNode ours, MapNode theirs)
    {
        var left = OperationFacts.Of(ours);
        var right = OperationFacts.Of(theirs);
        return [.. left.Keys.Union(right.Keys).Order(StringComparer.Ordinal).SelectMany(operation =>
            !right.TryGetValue(operation, out var other) ? [new Difference(operation, "", "exists", "yes", Difference.Nothing)]
            : !left.TryGetValue(operation, out var own) ? [new Difference(operation, "", "exists", Difference.Nothing, "yes")]
            : Compare(operation, own, other))];
    }

    private static IEnumerable<Difference> Compare(string operation, IReadOnlyList<ApiFact> ours, IReadOnlyList<ApiFact> theirs)
    {
        var left = ByKey(ours);
        var right = ByKey(theirs);
        var missing = new List<string>();
        foreach (var (where, aspect) in left.Keys.Union(right.Keys).OrderBy(static key => key.Where, StringComparer.Ordinal).ThenBy(static key => key.Aspect == "exists" ? 0 : 1))
        {
            if (missing.Exists(parent => IsInside(where, parent)))
            {
                continue;
            }

            var own = left.GetValueOrDefault((where, aspect), Difference.Nothing);
            var other = right.GetValueOrDefault((where, aspect), Difference.Nothing);
            if (own == other)
            {
                continue;
            }

            if (aspect == "exists")
            {
                missing.Add(where);
            }

            yield return new Difference(operation, where, aspect, own, other);
        }
    }

    private static bool IsInside(string where, string parent)
        => where == parent || where.StartsWith(parent + ".", StringComparison.Ordinal) || where.StartsWith(parent + "[", StringComparison.Ordinal);

    private static Dictionary<(string Where, string Aspect), string> ByKey(IReadOnlyList<ApiFact> facts)
        => facts.GroupBy(static fact => (fact.Where, fact.Aspect))
            .ToDictionary(static group => group.Key, static group => Combined(group.Key.Aspect, [.. group.Select(static fact => fact.Value).Distinct()]));

    // What the alternatives of a value say, together.
    private static string Combined(string aspect, IReadOnlyList<string> values) => aspect switch
    {
        "required" => values.Contains("no") ? "no" : "yes",
        "type" => Union(values, " or "),
        "values" => Union(values, ", "),
        _ => string.Join(" or ", values.Order(StringComparer.Ordinal)),
    };

    private static string Union(IEnumerable<string> values, string separator)
        => string.Join(separator, values.SelectMany(value => value.Split(separator)).Distinct().Order(StringComparer.Ordinal));
}
