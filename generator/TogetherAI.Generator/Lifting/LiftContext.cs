using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>What every step works on.</summary>
/// <param name="root">The document, whose references all lead into itself; the steps change it.</param>
/// <param name="handWritten">Names of schemas whose C# types are written by hand; they stay as they are.</param>
/// <param name="faults">Takes what cannot be lifted.</param>
internal sealed class LiftContext(MapNode root, IReadOnlySet<string> handWritten, FaultList faults)
{
    public MapNode Root { get; } = root;

    public IReadOnlySet<string> HandWritten { get; } = handWritten;

    public FaultList Faults { get; } = faults;

    /// <summary>The named schemas; created where the document has none.</summary>
    public MapNode Schemas => Child(Child(Root, "components"), "schemas");

    /// <summary>The named schema that a reference leads to; null where it leads elsewhere.</summary>
    public MapNode? Find(Node? schema)
        => SchemaReference.NameOf(schema) is { } name ? Schemas[name] as MapNode : null;

    /// <summary>The schema itself or, through references and aliases, the named one that it stands for.</summary>
    public MapNode? Resolve(Node? schema)
    {
        var seen = new HashSet<string>();
        var current = schema as MapNode;
        while (current is not null && SchemaReference.NameOf(current) is { } name && seen.Add(name))
        {
            current = Schemas[name] as MapNode;
        }

        return current;
    }

    /// <summary>The same for a schema that may be wrapped to have a description of its own.</summary>
    public MapNode? Unwrap(Node? schema)
        => Resolve(SchemaReference.WrappedNameOf(schema) is { } name ? SchemaReference.To(name, schema!.Place) : schema);

    /// <summary>Adds a named schema; a name that is taken gets a number.</summary>
    public string AddSchema(string name, MapNode schema)
    {
        var free = name;
        for (var number = 2; Schemas.Has(free); number++)
        {
            free = $"{name}{number}";
        }

        Schemas.Add(free, schema, schema.Place);
        return free;
    }

    private static MapNode Child(MapNode parent, string key)
    {
        if (parent[key] is MapNode child)
        {
            return child;
        }

        child = new MapNode(parent.Place);
        parent.Set(key, child);
        return child;
    }
}
