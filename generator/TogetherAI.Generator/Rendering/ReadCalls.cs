using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Naming;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Shapes;

namespace TogetherAI.Generator.Rendering;

/// <summary>Writes the calls by which generated types read their values from UTF-8, so that nothing is looked up at run time.</summary>
internal sealed class ReadCalls(ApiDocument document, DocumentNames names)
{
    private const string Primitives = "Utf8Primitives.";
    private const string Memory = "Utf8Memory.";

    /// <summary>The call that reads a value of a schema from a variable <c>source</c>.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="mayBeNull">Whether the value may also be null for another reason than that the schema says so.</param>
    /// <param name="isReceived">Whether lists and maps are those of a response, which are read-only.</param>
    public string Call(Node? schema, bool mayBeNull, bool isReceived)
        => ContainerCall(schema, isReceived) ?? $"{Method(schema, mayBeNull)}(ref source)";

    /// <summary>The same as a delegate.</summary>
    public string Reader(Node? schema, bool isReceived)
        => ContainerCall(schema, isReceived) is { } call ? $"static (ref Utf8Source source) => {call}" : Method(schema, mayBeNull: false);

    /// <summary>The delegate that reads an array of a schema's items.</summary>
    public string ArrayReader(Node? schema)
        => $"static (ref Utf8Source source) => Utf8List.ReadArray(ref source, {Reader(Shape.Of(document, schema).Items, isReceived: false)})";

    /// <summary>The method that reads files of forms.</summary>
    public string OfFile(bool isList)
        => isList ? $"Utf8List.ReadSent(ref source, {Qualified(GeneratorSettings.FileUpload)}.ReadUtf8)" : $"{Qualified(GeneratorSettings.FileUpload)}.ReadUtf8(ref source)";

    /// <summary>Whether an empty text is a value of its own; elsewhere it stands for null.</summary>
    public bool TakesEmptyText(Node? schema)
    {
        var shape = Shape.Of(document, schema);
        return shape.Kind is ShapeKind.Text or ShapeKind.Word or ShapeKind.Bytes or ShapeKind.Any or ShapeKind.HandWritten
            || shape.Schema?.Has("x-union") == true
            || (shape.Kind == ShapeKind.Object && TypeOf(shape) is null);
    }

    private string? ContainerCall(Node? schema, bool isReceived)
    {
        var shape = Shape.Of(document, schema);
        var reader = shape.Kind switch
        {
            ShapeKind.List => "Utf8List",
            ShapeKind.Map => "Utf8Map",
            _ => null,
        };
        return reader is null ? null : $"{reader}.{(isReceived ? "ReadReceived" : "ReadSent")}(ref source, {Reader(shape.Items, isReceived)})";
    }

    private string Method(Node? schema, bool mayBeNull)
    {
        var shape = Shape.Of(document, schema);
        var orNull = mayBeNull || shape.Chain.Any(static part => part.IsTrue("nullable")) ? "OrNull" : "";
        return shape.Kind switch
        {
            ShapeKind.Text => Primitives + "ReadString",
            ShapeKind.Boolean => Primitives + "ReadBoolean" + orNull,
            ShapeKind.Integer => Primitives + Integer(shape.Schema!) + orNull,
            ShapeKind.Number => Primitives + (shape.Schema!.Text("format") == "float" ? "ReadSingle" : "ReadDouble") + orNull,
            ShapeKind.Decimal => Primitives + "ReadDecimal" + orNull,
            ShapeKind.Other => Primitives + Other(shape.Schema!, orNull),
            ShapeKind.Bytes or ShapeKind.File when shape.Schema!.Text("type") == "string" => Memory + "ReadArray",
            ShapeKind.HandWritten => $"Utf8Value<{TypeOf(shape)}>.Read",
            ShapeKind.Word or ShapeKind.Object when TypeOf(shape) is { } type => Qualified(type) + ".ReadUtf8",
            _ => Primitives + "ReadFreeForm",
        };
    }

    /// <summary>The method that reads bytes or a vector as the memory that holds them.</summary>
    public static string OfMemory(string item, bool mayBeNull)
        => $"{Memory}{(item == "byte" ? "ReadBytes" : "ReadVector")}{(mayBeNull ? "OrNull" : "")}(ref source)";

    private static string Integer(MapNode schema) => schema.Text("format") switch
    {
        "int32" => "ReadInt32",
        "decimal" => "ReadDecimal",
        _ => "ReadInt64",
    };

    private static string Other(MapNode schema, string orNull) => schema.Text("format") switch
    {
        "uri" => "ReadUri",
        "uuid" or "guid" => "ReadGuid" + orNull,
        // Only a field shows seconds as what they are.
        "unix-time" or "duration-seconds" => schema.Text("type") switch
        {
            "integer" => "ReadInt64" + orNull,
            "number" => "ReadDouble" + orNull,
            _ => "ReadString",
        },
        _ => "ReadTime" + orNull,
    };

    // A property may have the name of the type.
    private string Qualified(string type) => document.Settings.Namespace.Length == 0 ? type : $"global::{document.Settings.Namespace}.{type}";

    // The class of the last schema with a name on the way.
    private string? TypeOf(Shape shape)
        => shape.Chain.Select(static part => part.Text("$ref")).LastOrDefault(static reference => reference is not null) is { } reference
            && JsonPointer.TryParse(reference, out var segments) && segments is ["components", "schemas", var name]
                ? names.TypeOf(name)
                : null;
}
