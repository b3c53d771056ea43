using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Shapes;

/// <summary>What <c>x-pages</c> names: the parameter with the cursor, and fields of the response.</summary>
internal static class Pages
{
    public const string Word = "x-pages";

    /// <summary>The parameter of the query with this name; null where there is none.</summary>
    public static Parameter? ParameterOf(Operation operation, string name)
        => ParameterObjects.FieldsOf(operation).Select(static field => field.Parameter).FirstOrDefault(parameter => parameter.In == "query" && parameter.Name == name);

    /// <summary>The fields on a way through the response, with the objects that have them; nothing from where it leads nowhere.</summary>
    public static IReadOnlyList<(MapNode Owner, string Name, Node? Node)> Follow(ApiDocument document, Operation operation, string path)
    {
        var steps = new List<(MapNode, string, Node?)>();
        var next = ListResponses.ContentOf(operation)?["schema"];
        foreach (var name in path.Split('/'))
        {
            if (Shape.Of(document, next) is not { Kind: ShapeKind.Object, Schema: { } owner } || owner.Map("properties")?[name] is not { } field)
            {
                return [];
            }

            steps.Add((owner, name, field));
            next = field;
        }

        return steps;
    }

    /// <summary>Whether an integer is an <c>int</c>.</summary>
    public static bool IsSmall(Shape integer) => integer.Schema?.Text("format") == "int32";

    /// <summary>The type of a value in C#; null where it is neither an object nor a single value.</summary>
    public static string? TypeOf(ApiDocument document, Node? schema, Func<string, string> nameOf)
    {
        var shape = Shape.Of(document, schema);
        return (SchemaReference.NameOf(schema) ?? SchemaReference.WrappedNameOf(schema)) is { } name && shape.Kind is ShapeKind.Object or ShapeKind.HandWritten or ShapeKind.Word
            ? nameOf(name)
            : shape.Kind switch
            {
                ShapeKind.Text => "string",
                ShapeKind.Integer => IsSmall(shape) ? "int" : "long",
                ShapeKind.Boolean => "bool",
                _ => null,
            };
    }
}
