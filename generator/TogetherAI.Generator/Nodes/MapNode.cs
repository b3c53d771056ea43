using System.Diagnostics.CodeAnalysis;

namespace TogetherAI.Generator.Nodes;

/// <summary>A map; entries keep the order of the document. Invariant: no key occurs twice.</summary>
internal sealed class MapNode(Place place) : Node(place)
{
    private readonly List<MapEntry> _entries = [];

    // Where a key stands in the list. Invariant: as many entries as the list has.
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    public override string Kind => "a map";

    public IReadOnlyList<MapEntry> Entries => _entries;

    public IEnumerable<string> Keys => _entries.Select(static entry => entry.Key);

    public Node? this[string key] => Find(key)?.Value;

    public MapEntry? Find(string key) => _positions.TryGetValue(key, out var position) ? _entries[position] : null;

    public bool Has(string key) => _positions.ContainsKey(key);

    public MapNode? Map(string key) => this[key] as MapNode;

    public ListNode? List(string key) => this[key] as ListNode;

    public bool IsTrue(string key) => this[key] is ScalarNode { IsTrue: true };

    public bool TryGet<T>(string key, [NotNullWhen(true)] out T? value)
        where T : Node
    {
        value = this[key] as T;
        return value is not null;
    }

    /// <summary>The text of an entry that is a single value other than null.</summary>
    public string? Text(string key) => this[key] is ScalarNode { ScalarKind: not ScalarKind.Null } scalar ? scalar.Text : null;

    /// <summary>Adds an entry at the end.</summary>
    /// <exception cref="InvalidOperationException">The key is taken.</exception>
    public void Add(string key, Node value, Place? keyPlace = null)
    {
        if (Has(key))
        {
            throw new InvalidOperationException($"The key '{key}' is taken.");
        }

        _positions.Add(key, _entries.Count);
        _entries.Add(new MapEntry(key, keyPlace ?? value.Place, value));
    }

    /// <summary>Replaces the value of a key where it stands, or adds it at the end.</summary>
    public void Set(string key, Node value)
    {
        if (_positions.TryGetValue(key, out var position))
        {
            _entries[position] = _entries[position] with { Value = value };
        }
        else
        {
            Add(key, value);
        }
    }

    /// <summary>Gives an entry another key where it stands.</summary>
    public void Rename(string key, string newKey)
    {
        if (Has(newKey))
        {
            throw new InvalidOperationException($"The key '{newKey}' is taken.");
        }

        _positions.Remove(key, out var position);
        _positions.Add(newKey, position);
        _entries[position] = _entries[position] with { Key = newKey };
    }

    public bool Remove(string key)
    {
        if (!_positions.TryGetValue(key, out var position))
        {
            return false;
        }

        _entries.RemoveAt(position);
        Index();
        return true;
    }

    public void Clear()
    {
        _entries.Clear();
        _positions.Clear();
    }

    public override int Size => 1 + _entries.Sum(static entry => entry.Value.Size);

    public override Node Clone()
    {
        var copy = new MapNode(Place);
        copy._entries.AddRange(_entries.Select(static entry => entry with { Value = entry.Value.Clone() }));
        copy.Index();
        return copy;
    }

    private void Index()
    {
        _positions.Clear();
        for (var position = 0; position < _entries.Count; position++)
        {
            _positions.Add(_entries[position].Key, position);
        }
    }
}
