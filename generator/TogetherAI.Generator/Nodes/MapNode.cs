using System.Diagnostics.CodeAnalysis;

namespace TogetherAI.Generator.Nodes;

/// <summary>A map; entries keep the order of the document. Invariant: no key occurs twice.</summary>
internal sealed class MapNode(Place place) : Node(place)
{
    private readonly List<MapEntry> _entries = [];

    public override string Kind => "a map";

    public IReadOnlyList<MapEntry> Entries => _entries;

    public IEnumerable<string> Keys => _entries.Select(static entry => entry.Key);

    public Node? this[string key] => Find(key)?.Value;

    public MapEntry? Find(string key) => _entries.Find(entry => entry.Key == key);

    public bool Has(string key) => Find(key) is not null;

    public bool TryGet<T>(string key, [NotNullWhen(true)] out T? value)
        where T : Node
    {
        value = this[key] as T;
        return value is not null;
    }

    /// <summary>The text of a scalar entry; null where there is none.</summary>
    public string? Text(string key) => (this[key] as ScalarNode)?.Text;

    /// <summary>Adds an entry at the end.</summary>
    /// <exception cref="InvalidOperationException">The key is taken.</exception>
    public void Add(string key, Node value, Place? keyPlace = null)
    {
        if (Has(key))
        {
            throw new InvalidOperationException($"The key '{key}' is taken.");
        }

        _entries.Add(new MapEntry(key, keyPlace ?? value.Place, value));
    }

    /// <summary>Replaces the value of a key where it stands, or adds it at the end.</summary>
    public void Set(string key, Node value)
    {
        var position = _entries.FindIndex(entry => entry.Key == key);
        if (position < 0)
        {
            _entries.Add(new MapEntry(key, value.Place, value));
        }
        else
        {
            _entries[position] = _entries[position] with { Value = value };
        }
    }

    /// <summary>Gives an entry another key where it stands.</summary>
    public void Rename(string key, string newKey)
    {
        if (Has(newKey))
        {
            throw new InvalidOperationException($"The key '{newKey}' is taken.");
        }

        var position = _entries.FindIndex(entry => entry.Key == key);
        _entries[position] = _entries[position] with { Key = newKey };
    }

    public bool Remove(string key) => _entries.RemoveAll(entry => entry.Key == key) > 0;

    public override Node Clone()
    {
        var copy = new MapNode(Place);
        copy._entries.AddRange(_entries.Select(static entry => entry with { Value = entry.Value.Clone() }));
        return copy;
    }
}
