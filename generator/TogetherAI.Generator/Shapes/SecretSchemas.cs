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
        var shape = Shape.Of(document, schema);
        if (shape.Kind is ShapeKind.List or ShapeKind.Map)
        {
            return HasSecrets(shape.Items);
        }

        if (shape.Kind is not ShapeKind.Object || shape.Schema is not { } owner)
        {
            return false;
        }

        if (!_known.TryGetValue(owner, out var hasSecrets))
        {
            // An object that has itself in it says nothing new.
            _known[owner] = false;
            hasSecrets = owner.Map("properties")?.Entries.Any(field => IsSecret(field.Value) || HasSecrets(field.Value)) == true;
            _known[owner] = hasSecrets;
        }

        return hasSecrets;
    }
}
