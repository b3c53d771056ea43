using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Shapes;

/// <summary>Which values of a document are secret, and which objects have such values in them.</summary>
internal sealed class SecretSchemas(ApiDocument document)
{
    private readonly Dictionary<MapNode, bool> _known = [];

    /// <summary>Whether a value is secret: <c>x-secret</c>, or the format of a password.</summary>
    public bool IsSecret(Node? schema)
    {
        var shape = Shape.Of(document, schema);
        return shape.Chain.Any(static part => part.IsTrue("x-secret") || part.Text("format") == "password")
            || (shape.Kind is ShapeKind.List or ShapeKind.Map && IsSecret(shape.Items));
    }

    /// <summary>Whether there are secrets in an object, in the items of a list or in the values of a map.</summary>
    public bool HasSecrets(Node? schema)
    {
        if (ObjectOf(schema) is not { } owner)
        {
            return false;
        }

        if (!_known.TryGetValue(owner, out var hasSecrets))
        {
            // Objects may refer to each other: only what was found for the first one of them is known to be the whole truth.
            var seen = new HashSet<MapNode>();
            hasSecrets = Reaches(owner, seen);
            _known[owner] = hasSecrets;
        }

        return hasSecrets;
    }

    private bool Reaches(MapNode owner, HashSet<MapNode> seen)
        => seen.Add(owner)
            && owner.Map("properties")?.Entries.Any(field => IsSecret(field.Value) || (ObjectOf(field.Value) is { } next && Reaches(next, seen))) == true;

    // The object itself, or that of which there are several.
    private MapNode? ObjectOf(Node? schema)
    {
        var shape = Shape.Of(document, schema);
        while (shape.Kind is ShapeKind.List or ShapeKind.Map)
        {
            shape = Shape.Of(document, shape.Items);
        }

        return shape.Kind is ShapeKind.Object ? shape.Schema : null;
    }
}
