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
        DriftTable.Write(fresh, output);
        foreach (var place in accepted?.Unused ?? [])
        {
            output.WriteLine($"{place}: No difference matches this entry. Remove it.");
        }

        output.WriteLine($"{fresh.Count} new {(fresh.Count == 1 ? "difference" : "differences")}, {differences.Count - fresh.Count} accepted.");
        return fresh.Count == 0 ? 0 : 1;
    }
}
