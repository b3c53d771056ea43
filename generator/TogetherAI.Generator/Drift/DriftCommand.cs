using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Loading;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Drift;

/// <summary>Compares a document with another one and prints what is new as a table.</summary>
/// <param name="Document">Path of the document.</param>
/// <param name="Other">Path of the other document.</param>
/// <param name="Accepted">Path of the list of accepted differences; null accepts none.</param>
internal sealed record DriftCommand(string Document, string Other, string? Accepted)
{
    private const int WidestValue = 60;

    /// <summary>Runs the command.</summary>
    /// <returns>0 where every difference is accepted, 1 where one is not, 2 where a file cannot be read.</returns>
    public int Run(TextWriter output)
    {
        var faults = new FaultList();
        try
        {
            var ours = Root(Document, faults);
            var theirs = Root(Other, faults);
            var accepted = Accepted is null ? null : AcceptedDifferences.Read(Accepted, faults);
            if (!faults.HasErrors)
            {
                return Report(DocumentComparison.Compare(ours, theirs), accepted, output);
            }
        }
        catch (DocumentException exception)
        {
            faults.Add(exception.Code, exception.Place, exception.Message);
        }

        foreach (var fault in faults.Sorted)
        {
            output.WriteLine(fault);
        }

        return 2;
    }

    private static MapNode Root(string path, FaultList faults)
    {
        var files = new SourceFiles(faults);
        return Bundler.Bundle(files, files.Open(path), faults);
    }

    private static int Report(IReadOnlyList<Difference> differences, AcceptedDifferences? accepted, TextWriter output)
    {
        var fresh = differences.Where(difference => accepted?.Has(difference) != true).ToList();
        var missing = fresh.FindAll(static difference => difference.Where.Length == 0);
        if (missing.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Operations that only one of the documents has");
            WriteTable(["operation", "ours", "theirs"], missing.ConvertAll(static row => new[] { row.Operation, row.Ours, row.Theirs }), output);
        }

        foreach (var operation in fresh.Except(missing).GroupBy(static difference => difference.Operation))
        {
            output.WriteLine();
            output.WriteLine(operation.Key);
            WriteTable(["where", "what", "ours", "theirs"], operation.Select(static row => new[] { row.Where, row.Aspect, Short(row.Ours), Short(row.Theirs) }).ToList(), output);
        }

        foreach (var place in accepted?.Unused ?? [])
        {
            output.WriteLine($"{place}: This accepted difference is no more. Remove it.");
        }

        output.WriteLine();
        output.WriteLine($"{fresh.Count} new differences, {differences.Count - fresh.Count} accepted.");
        return fresh.Count == 0 ? 0 : 1;
    }

    private static void WriteTable(string[] heads, List<string[]> rows, TextWriter output)
    {
        rows.Insert(0, heads);
        var widths = heads.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        foreach (var row in rows)
        {
            output.WriteLine("  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    private static string Short(string value)
    {
        var line = OneLine.Of(value);
        return line.Length <= WidestValue ? line : line[..(WidestValue - 1)] + "…";
    }
}
