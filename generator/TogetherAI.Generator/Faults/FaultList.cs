using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Faults;

/// <summary>Collects the faults of a run, each once.</summary>
internal sealed class FaultList
{
    private readonly List<Fault> _faults = [];
    private readonly HashSet<Fault> _known = [];

    /// <summary>Whether there is any error; warnings are none.</summary>
    public bool HasErrors => _faults.Exists(static fault => !fault.IsWarning);

    /// <summary>The faults in the order of files and lines.</summary>
    public IReadOnlyList<Fault> Sorted
        => [.. _faults.OrderBy(static fault => fault.Place.File, StringComparer.Ordinal).ThenBy(static fault => fault.Place.Line).ThenBy(static fault => fault.Place.Column)];

    public void Add(string code, Place place, string sentence) => Add(new Fault(code, place, OneLine.Of(sentence)));

    public void Warn(string code, Place place, string sentence) => Add(new Fault(code, place, OneLine.Of(sentence), IsWarning: true));

    private void Add(Fault fault)
    {
        if (_known.Add(fault))
        {
            _faults.Add(fault);
        }
    }
}
