namespace TogetherAI.Generator.Specification;

/// <summary>What a word that is not known was probably meant to be.</summary>
internal static class Suggestion
{
    private const int MaxDistance = 2;

    /// <summary>A sentence such as <c> Did you mean 'type'?</c>, or nothing.</summary>
    public static string For(string word, IEnumerable<string> known) => Within(MaxDistance, word, known);

    /// <summary>The same for words that differ in no more than a number of letters.</summary>
    public static string Within(int distance, string word, IEnumerable<string> known, StringComparison comparison = StringComparison.OrdinalIgnoreCase)
    {
        var nearest = known
            .Select(candidate => (Word: candidate, Distance: comparison == StringComparison.Ordinal
                ? Distance(word, candidate)
                : Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(candidate => candidate.Word != word && candidate.Distance <= distance && candidate.Distance < candidate.Word.Length)
            .OrderBy(static candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Word is null ? "" : $" Did you mean '{nearest.Word}'?";
    }

    // Letters to insert, delete, replace or exchange with their neighbour (optimal string alignment).
    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > MaxDistance)
        {
            return MaxDistance + 1;
        }

        var costs = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                costs[row, column] = row == 0 || column == 0 ? row + column : Cost(row, column);
            }
        }

        return costs[left.Length, right.Length];

        int Cost(int row, int column)
        {
            var replaced = costs[row - 1, column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
            var cost = Math.Min(replaced, Math.Min(costs[row - 1, column], costs[row, column - 1]) + 1);
            return row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1]
                ? Math.Min(cost, costs[row - 2, column - 2] + 1)
                : cost;
        }
    }
}
