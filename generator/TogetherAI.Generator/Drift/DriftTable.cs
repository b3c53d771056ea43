using TogetherAI.Generator.Faults;

namespace TogetherAI.Generator.Drift;

/// <summary>Prints differences as tables: the operations that only one document has, then one table for each operation.</summary>
internal static class DriftTable
{
    private const int WidestValue = 60;

    public static void Write(IReadOnlyCollection<Difference> differences, TextWriter output)
    {
        var missing = differences.Where(static difference => difference.Where.Length == 0).ToList();
        if (missing.Count > 0)
        {
            Write("Operations that only one of the documents has", ["operation", "ours", "theirs"], missing.ConvertAll(static row => new[] { row.Operation, row.Ours, row.Theirs }), output);
        }

        foreach (var operation in differences.Where(static difference => difference.Where.Length > 0).GroupBy(static difference => difference.Operation))
        {
            Write(operation.Key, ["where", "what", "ours", "theirs"], [.. operation.GroupBy(static difference => (difference.Where, difference.Aspect)).Select(Row)], output);
        }
    }

    // The words of one place stand in one row.
    private static string[] Row(IGrouping<(string Where, string Aspect), Difference> differences)
        => [differences.Key.Where, differences.Key.Aspect, Cell(differences.Select(static difference => difference.Ours)), Cell(differences.Select(static difference => difference.Theirs))];

    private static string Cell(IEnumerable<string> values)
    {
        var line = OneLine.Of(string.Join(", ", values.Where(static value => value != Difference.Nothing).DefaultIfEmpty(Difference.Nothing)));
        return line.Length <= WidestValue ? line : line[..(WidestValue - 1)] + "…";
    }

    private static void Write(string title, string[] heads, List<string[]> rows, TextWriter output)
    {
        rows.Insert(0, heads);
        var widths = heads.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        output.WriteLine(title);
        foreach (var row in rows)
        {
            output.WriteLine("  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        output.WriteLine();
    }
}
