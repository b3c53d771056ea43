using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Shapes;

namespace TogetherAI.Generator.Refusals;

/// <summary>Refuses parameters that could not be sent as the document says.</summary>
internal sealed class ParameterRefusals : IStep
{
    public void Run(ApiDocument document)
    {
        foreach (var operation in document.Operations)
        {
            foreach (var parameter in operation.Parameters)
            {
                Check(document, operation, parameter);
            }
        }
    }

    private static void Check(ApiDocument document, Operation operation, Parameter parameter)
    {
        var name = $"{operation} has the parameter '{parameter.Name}'";
        switch (parameter.In)
        {
            case "cookie":
                document.Faults.Add(Codes.ParameterPlace, parameter.Place, $"{name} in a cookie. Parameters must be in the path, the query or a header.");
                break;
            case "querystring":
                document.Faults.Add(Codes.ParameterPlace, parameter.Place, $"{name}, which is a whole query string. Describe each query parameter separately.");
                break;
            case "path":
                Path(document, parameter, name);
                break;
            case "header" when !HeaderName.IsValid(parameter.Name):
                document.Faults.Add(Codes.HeaderName, parameter.Place, $"{name}, which cannot be the name of a header. {HeaderName.Rule}");
                break;
            default:
                Query(document, operation, parameter, name);
                break;
        }
    }

    private static void Path(ApiDocument document, Parameter parameter, string name)
    {
        var shape = Single(document, parameter);
        if (!shape.IsSingle)
        {
            document.Faults.Add(Codes.ParameterType, parameter.Place, $"{name} in its path, which is {Text(shape)}. A path takes strings, numbers, booleans, enum values and times.");
        }
        else if (parameter.Node.Text("style") is { } style and not "simple")
        {
            document.Faults.Add(Codes.ParameterStyle, parameter.Node["style"]!.Place, $"{name} with the style {style}. A path has each value as it is: leave out style.");
        }
    }

    private static void Query(ApiDocument document, Operation operation, Parameter parameter, string name)
    {
        var shape = Shape.Of(document, parameter.Schema);
        var items = shape.Kind == ShapeKind.List ? Shape.Of(document, shape.Items) : shape;
        if (parameter.Node.Has("x-json"))
        {
            return;
        }

        if (!items.IsSingle)
        {
            var what = shape.Kind == ShapeKind.List ? $"a list of which each item is {Text(items)}" : Text(shape);
            document.Faults.Add(Codes.ParameterType, parameter.Place, $"{name}, which is {what}. A query takes strings, numbers, booleans, enum values, times, and lists of them.");
        }
        else if (parameter.Node.IsTrue("allowReserved"))
        {
            document.Faults.Add(Codes.ParameterStyle, parameter.Node.Find("allowReserved")!.KeyPlace, $"{name} with allowReserved. Every value is escaped. Remove it.");
        }
    }

    // Of a list that is joined, the type of its items.
    private static Shape Single(ApiDocument document, Parameter parameter)
        => Shape.Of(document, parameter.Schema) is { Kind: ShapeKind.List } list && parameter.Node.Has("x-separator") ? Shape.Of(document, list.Items) : Shape.Of(document, parameter.Schema);

    private static string Text(Shape shape) => shape.Kind switch
    {
        _ when shape.Schema?.IsTrue("x-union") == true => "of several types",
        ShapeKind.Object or ShapeKind.Map => "an object",
        ShapeKind.List => "a list, more than one value",
        ShapeKind.Bytes or ShapeKind.File => "bytes",
        ShapeKind.HandWritten => "of several types",
        _ => "anything",
    };
}
