using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Faults;

/// <summary>Collects the faults of a run, each once.</summary>
internal sealed class FaultList
{
    private readonly List<Fault> _faults = [];
    private readonly HashSet<Fault> _known = [];

    public bool IsEmpty => _faults.Count == 0;

    /// <summary>The faults in the order of files and lines.</summary>
    public IReadOnlyList<Fault> Sorted
        => [.. _faults.OrderBy(static fault => fault.Place.File, StringComparer.Ordinal).ThenBy(static fault => fault.Place.Line).ThenBy(static fault => fault.Place.Column)];

    public void Add(string code, Place place, string sentence)
    {
        var fault = new Fault(code, place, OneLine.Of(sentence));
        if (_known.Add(fault))
        {
            _faults.Add(fault);
        }
    }
}
