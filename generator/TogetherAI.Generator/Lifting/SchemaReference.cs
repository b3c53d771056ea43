using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>References to named schemas.</summary>
internal static class SchemaReference
{
    public const string Prefix = "#/components/schemas/";

    /// <summary>The name that a schema refers to; null where it refers to none.</summary>
    public static string? NameOf(Node? schema)
        => (schema as MapNode)?.Text("$ref") is { } pointer && pointer.StartsWith(Prefix, StringComparison.Ordinal) && !pointer[Prefix.Length..].Contains('/', StringComparison.Ordinal)
            ? JsonPointer.Unescape(pointer[Prefix.Length..])
            : null;

    /// <summary>The name of the one schema that a field wraps to give it a description of its own.</summary>
    public static string? WrappedNameOf(Node? schema)
        => schema is MapNode map && map["allOf"] is ListNode { Items: [var only] } ? NameOf(only) : null;

    public static MapNode To(string name, Place place)
    {
        var reference = new MapNode(place);
        reference.Add("$ref", ScalarNode.FromText(Prefix + JsonPointer.Escape(name), place));
        return reference;
    }

    /// <summary>The same in a wrapper, beside which a field may have words of its own.</summary>
    public static MapNode Wrapped(string name, Place place)
    {
        var wrapper = new MapNode(place);
        var list = new ListNode(place);
        list.Items.Add(To(name, place));
        wrapper.Add("allOf", list);
        return wrapper;
    }

    /// <summary>Makes a reference out of a schema, which keeps its annotations through a wrapper.</summary>
    public static MapNode ToWith(string name, MapNode annotated)
    {
        var annotations = annotated.Entries.Where(static entry => Annotations.Keys.Contains(entry.Key) || entry.Key.StartsWith("x-", StringComparison.Ordinal)).ToList();
        var reference = To(name, annotated.Place);
        if (annotations.Count == 0)
        {
            return reference;
        }

        var wrapper = new MapNode(annotated.Place);
        var list = new ListNode(annotated.Place);
        list.Items.Add(reference);
        wrapper.Add("allOf", list);
        foreach (var entry in annotations)
        {
            wrapper.Add(entry.Key, entry.Value, entry.KeyPlace);
        }

        return wrapper;
    }
}
