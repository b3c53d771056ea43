using System.Text.RegularExpressions;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Reading;

namespace TogetherAI.Generator.Drift;

/// <summary>
/// The differences that are known and meant: a list in YAML whose entries say, with the reason, which operations, places,
/// aspects and values of both documents they are about. Each may have <c>*</c> for anything, and may be a list.
/// </summary>
internal sealed class AcceptedDifferences
{
    private const string Reason = "reason";

    // The words of an entry that a difference must match, and what of it they are about. Without the word, anything matches.
    private static readonly (string Word, Func<Difference, string> Of)[] Parts =
    [
        ("operation", static difference => difference.Operation),
        ("where", static difference => difference.Where),
        ("aspect", static difference => difference.Aspect),
        ("ours", static difference => difference.Ours),
        ("theirs", static difference => difference.Theirs),
    ];

    private readonly List<Entry> _entries = [];

    /// <summary>The entries that no difference has needed; they can go.</summary>
    public IEnumerable<Place> Unused => _entries.Where(static entry => !entry.IsUsed).Select(static entry => entry.Place);

    /// <summary>Reads the file; what is wrong in it goes to the faults.</summary>
    public static AcceptedDifferences Read(string path, FaultList faults)
    {
        var accepted = new AcceptedDifferences();
        if (DocumentReader.ReadFile(path, path, faults) is not ListNode list)
        {
            faults.Add(Codes.AcceptedDifference, new Place(path, 1, 1), "The file must be a list of entries with operation, where, aspect, ours, theirs and reason.");
            return accepted;
        }

        foreach (var item in list.Items)
        {
            if (ReadEntry(item, faults) is { } entry)
            {
                accepted._entries.Add(entry);
            }
        }

        return accepted;
    }

    public bool Has(Difference difference)
    {
        var matches = _entries.FindAll(entry => entry.Matches(difference));
        matches.ForEach(static entry => entry.IsUsed = true);
        return matches.Count > 0;
    }

    private static Entry? ReadEntry(Node item, FaultList faults)
    {
        if (item is not MapNode map || !map.Has("operation") || string.IsNullOrWhiteSpace(map.Text(Reason)))
        {
            faults.Add(Codes.AcceptedDifference, item.Place, "An entry needs an operation and a reason. If it does not accept every difference of the operation, it also needs where, aspect, ours or theirs.");
            return null;
        }

        var conditions = new List<Condition>();
        foreach (var word in map.Entries.Where(static word => word.Key != Reason))
        {
            var part = Array.Find(Parts, part => part.Word == word.Key);
            var patterns = Patterns(word.Value);
            if (part.Of is null || patterns.Count == 0)
            {
                faults.Add(Codes.AcceptedDifference, word.KeyPlace, part.Of is null ? $"'{word.Key}' is not a key of an entry." : $"'{word.Key}' must be a string or a list of strings.");
                return null;
            }

            conditions.Add(new Condition(part.Of, patterns));
        }

        return new Entry(map.Place, conditions);
    }

    private static List<Regex> Patterns(Node value)
    {
        var items = value is ListNode list ? list.Items : [value];
        return items.TrueForAll(static item => item is ScalarNode { IsNull: false }) ? items.ConvertAll(static item => Pattern(((ScalarNode)item).Text)) : [];
    }

    private static Regex Pattern(string text)
        => new("^" + Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal) + "\\z", RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private sealed record Condition(Func<Difference, string> Of, List<Regex> Patterns);

    private sealed record Entry(Place Place, List<Condition> Conditions)
    {
        public bool IsUsed { get; set; }

        public bool Matches(Difference difference)
            => Conditions.TrueForAll(condition => condition.Patterns.Exists(pattern => pattern.IsMatch(condition.Of(difference))));
    }
}
