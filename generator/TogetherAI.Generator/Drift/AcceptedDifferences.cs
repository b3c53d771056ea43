using System.Text.RegularExpressions;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Reading;

namespace TogetherAI.Generator.Drift;

/// <summary>
/// The differences that are known and meant: a list in YAML whose entries name an operation, a place and an aspect, each
/// of which may have <c>*</c> for anything, with the reason.
/// </summary>
internal sealed class AcceptedDifferences
{
    private static readonly string[] Words = ["operation", "where", "aspect", "reason"];

    private readonly List<(MapNode Entry, Regex Operation, Regex Where, Regex Aspect)> _entries = [];
    private readonly HashSet<MapNode> _used = [];

    /// <summary>The entries that no difference has needed; they can go.</summary>
    public IEnumerable<Place> Unused => _entries.Where(entry => !_used.Contains(entry.Entry)).Select(static entry => entry.Entry.Place);

    /// <summary>Reads the file; what is wrong in it goes to the faults.</summary>
    public static AcceptedDifferences Read(string path, FaultList faults)
    {
        var accepted = new AcceptedDifferences();
        if (DocumentReader.ReadFile(path, path, faults) is not ListNode list)
        {
            faults.Add(Codes.AcceptedDifference, new Place(path, 1, 1), "The file is a list of entries with operation, where, aspect and reason.");
            return accepted;
        }

        foreach (var item in list.Items)
        {
            if (item is MapNode entry && entry.Keys.All(Words.Contains) && entry.Text("operation") is { Length: > 0 } operation && !string.IsNullOrWhiteSpace(entry.Text("reason")))
            {
                accepted._entries.Add((entry, Pattern(operation), Pattern(entry.Text("where") ?? "*"), Pattern(entry.Text("aspect") ?? "*")));
            }
            else
            {
                faults.Add(Codes.AcceptedDifference, item.Place, "An entry has an operation, a reason and, where not all of it is meant, where and aspect.");
            }
        }

        return accepted;
    }

    public bool Has(Difference difference)
    {
        var matches = _entries.FindAll(entry => entry.Operation.IsMatch(difference.Operation) && entry.Where.IsMatch(difference.Where) && entry.Aspect.IsMatch(difference.Aspect));
        matches.ForEach(match => _used.Add(match.Entry));
        return matches.Count > 0;
    }

    private static Regex Pattern(string text)
        => new("^" + Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal) + "\\z", RegexOptions.Singleline | RegexOptions.CultureInvariant);
}
