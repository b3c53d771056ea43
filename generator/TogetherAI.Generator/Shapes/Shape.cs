using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Shapes;

/// <summary>What a schema is in C#, seen through references and through <c>allOf</c> with one entry.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Schema">The schema that says so; null where there is none.</param>
/// <param name="Chain">The schemas from the one that was asked for to that one; each may add limits.</param>
internal sealed record Shape(ShapeKind Kind, MapNode? Schema, IReadOnlyList<MapNode> Chain)
{
    private const int MaxLength = 100;

    /// <summary>The items of a list, or the values of a map.</summary>
    public Node? Items => Kind == ShapeKind.List ? Schema?["items"] : Kind == ShapeKind.Map ? Schema?["additionalProperties"] : null;

    /// <summary>Whether it is one value in an address or a form.</summary>
    public bool IsSingle => Kind is ShapeKind.Text or ShapeKind.Word or ShapeKind.Integer or ShapeKind.Number or ShapeKind.Decimal or ShapeKind.Boolean or ShapeKind.Other;

    public static Shape Of(ApiDocument document, Node? node)
    {
        var chain = new List<MapNode>();
        while (node is MapNode map && chain.Count < MaxLength)
        {
            chain.Add(map);
            if (map.Text("$ref") is { } reference)
            {
                if (IsHandWritten(document, reference))
                {
                    return new Shape(ShapeKind.HandWritten, document.Follow(map), chain);
                }

                node = document.Find(reference);
            }
            else if (SingleAllOf(map) is { } part)
            {
                node = part;
            }
            else
            {
                return new Shape(KindOf(map), map, chain);
            }
        }

        return new Shape(ShapeKind.Any, chain.LastOrDefault(), chain);
    }

    /// <summary>The one entry of an <c>allOf</c> that only gives another schema a description; null where it does more.</summary>
    public static MapNode? SingleAllOf(MapNode schema)
        => !schema.Has("type") && !schema.Has("properties") && schema.List("allOf") is { Items: [MapNode part] } ? part : null;

    private static bool IsHandWritten(ApiDocument document, string reference)
        => reference.StartsWith(JsonPointer.Schemas, StringComparison.Ordinal) && document.Settings.HandWrittenTypes.Contains(reference[JsonPointer.Schemas.Length..]);

    private static ShapeKind KindOf(MapNode schema)
    {
        if (schema.List("enum") is { Items.Count: > 0 } values && values.Items.TrueForAll(static value => value is ScalarNode { IsText: true } or ScalarNode { IsNull: true }))
        {
            return ShapeKind.Word;
        }

        if (schema.IsTrue("x-memory"))
        {
            return ShapeKind.Bytes;
        }

        return schema.Text("type") switch
        {
            "string" or "integer" or "number" when schema.Text("format") is "unix-time" or "duration-seconds" => ShapeKind.Other,
            "string" => OfString(schema.Text("format")),
            "integer" => ShapeKind.Integer,
            "number" => schema.Text("format") == "decimal" ? ShapeKind.Decimal : ShapeKind.Number,
            "boolean" => ShapeKind.Boolean,
            "array" => ShapeKind.List,
            "object" => OfObject(schema),
            _ when schema.Has("properties") || schema.Has("allOf") => ShapeKind.Object,
            _ => ShapeKind.Any,
        };
    }

    private static ShapeKind OfString(string? format) => format switch
    {
        "byte" => ShapeKind.Bytes,
        "binary" => ShapeKind.File,
        "date-time" or "uri" or "uuid" or "guid" => ShapeKind.Other,
        _ => ShapeKind.Text,
    };

    private static ShapeKind OfObject(MapNode schema)
        => schema.Map("properties") is { Entries.Count: > 0 } || schema.Has("allOf") ? ShapeKind.Object
            : schema["additionalProperties"] is MapNode ? ShapeKind.Map
            : ShapeKind.Object;
}
