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
            !right.TryGetValue(operation, out var other) ? [new Difference(operation, "", Aspects.Exists, "yes", Difference.Nothing)]
            : !left.TryGetValue(operation, out var own) ? [new Difference(operation, "", Aspects.Exists, Difference.Nothing, "yes")]
            : Compare(operation, own, other))];
    }

    private static IEnumerable<Difference> Compare(string operation, IReadOnlyList<ApiFact> ours, IReadOnlyList<ApiFact> theirs)
    {
        var left = ours.ToLookup(static fact => (fact.Where, fact.Aspect), static fact => fact.Value);
        var right = theirs.ToLookup(static fact => (fact.Where, fact.Aspect), static fact => fact.Value);
        var keys = left.Concat(right).Select(static facts => facts.Key).Distinct()
            .OrderBy(static key => key.Where, StringComparer.Ordinal).ThenBy(static key => Aspects.Rank(key.Aspect)).ThenBy(static key => key.Aspect, StringComparer.Ordinal);
        var closed = new List<string>();
        foreach (var (where, aspect) in keys)
        {
            if (closed.Exists(parent => IsInside(where, parent)))
            {
                continue;
            }

            var differences = Compare(operation, where, aspect, left[(where, aspect)].Distinct(), right[(where, aspect)].Distinct()).ToList();
            if (differences.Exists(static difference => difference.IsWhole))
            {
                closed.Add(where);
            }

            foreach (var difference in differences)
            {
                yield return difference;
            }
        }
    }

    private static IEnumerable<Difference> Compare(string operation, string where, string aspect, IEnumerable<string> ours, IEnumerable<string> theirs)
    {
        if (aspect == Aspects.Value && ours.Any() && theirs.Any())
        {
            return ours.Except(theirs).Select(word => new Difference(operation, where, aspect, word, Difference.Nothing))
                .Concat(theirs.Except(ours).Select(word => new Difference(operation, where, aspect, Difference.Nothing, word)));
        }

        var own = Combined(aspect, ours);
        var other = Combined(aspect, theirs);
        return own == other ? [] : [new Difference(operation, where, aspect, own, other)];
    }

    private static bool IsInside(string where, string parent)
        => where == parent || where.StartsWith(parent + ".", StringComparison.Ordinal) || where.StartsWith(parent + "[", StringComparison.Ordinal)
            // A status that only one of them has.
            || (parent.StartsWith("response ", StringComparison.Ordinal) && where.StartsWith(parent + " ", StringComparison.Ordinal));

    // What the alternatives of a value say, together.
    private static string Combined(string aspect, IEnumerable<string> values) => (aspect, values.Order(StringComparer.Ordinal).ToList()) switch
    {
        (Aspects.Value, []) => Aspects.Any,
        (_, []) => Difference.Nothing,
        (Aspects.Required, var all) => all.Contains("no") ? "no" : "yes",
        (Aspects.Type, var all) => all.Contains(Aspects.Any) ? Aspects.Any : string.Join(" or ", all.Where(type => type != "integer" || !all.Contains("number"))),
        (Aspects.Value, var all) => string.Join(", ", all),
        (_, var all) => string.Join(" or ", all),
    };
}
