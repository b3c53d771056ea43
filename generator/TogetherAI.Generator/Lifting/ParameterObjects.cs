using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Naming;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Rendering;
using TogetherAI.Generator.Shapes;

namespace TogetherAI.Generator.Lifting;

/// <summary>
/// Gathers what an operation takes in its query and its headers in one object, a schema of its own: a parameter that comes
/// later is one property more, and breaks no program. What stands in the path stays a parameter of the method.
/// </summary>
internal sealed class ParameterObjects : IStep
{
    /// <summary>On an operation: the key of the schema.</summary>
    public const string Word = "x-parameters";

    /// <summary>On the schema: the key of the field that takes the cursor of a page.</summary>
    public const string Cursor = "x-cursor";

    /// <summary>The parameters that the object has, with the keys of their fields.</summary>
    public static IEnumerable<(Parameter Parameter, string Field)> FieldsOf(Operation operation)
    {
        var parameters = operation.Parameters.Where(parameter => parameter.In is "query" or "header" && !StreamWords.IsFlag(operation, parameter)).ToList();
        return parameters.Select(parameter => (
            parameter,
            // Names are unique in each place alone.
            parameter.In == "header" && parameters.Exists(other => other.In == "query" && other.Name == parameter.Name) ? parameter.Name + " header" : parameter.Name));
    }

    public void Run(ApiDocument document)
    {
        foreach (var operation in document.Operations.ToList())
        {
            var fields = FieldsOf(operation).ToList();
            if (fields.Count == 0)
            {
                Unused(document, operation);
            }
            else
            {
                var key = $"{operation} {Word}";
                document.Schemas!.Add(key, Schema(operation, fields), operation.Place);
                operation.Node.Set(Word, ScalarNode.FromText(key, operation.Place));
            }
        }
    }

    private static void Unused(ApiDocument document, Operation operation)
    {
        if (operation.Node[MadeNames.RequestName] is { } name)
        {
            document.Faults.Add(Codes.Extension, name.Place, $"'{MadeNames.RequestName}' names nothing: {operation} has no parameter in its query or headers. Take it out.");
        }
    }

    private static MapNode Schema(Operation operation, List<(Parameter Parameter, string Field)> fields)
    {
        var place = operation.Place;
        var schema = new MapNode(place);
        schema.Add("type", ScalarNode.FromText("object", place));
        schema.Add("description", ScalarNode.FromText($"The parameters of `{operation}`. Those in `AdditionalProperties` are sent in its query, too.", place));
        schema.Add(MadeNames.Word, MadeNames.OfParameters(operation));
        var properties = new MapNode(place);
        var required = new ListNode(place);
        foreach (var (parameter, field) in fields)
        {
            properties.Add(field, Field(parameter), parameter.Place);
            if (parameter.Node.IsTrue("required"))
            {
                required.Items.Add(ScalarNode.FromText(field, parameter.Place));
            }
        }

        if (operation.Node.Map(Pages.Word)?["cursor"] is ScalarNode { Text: var cursor } && Pages.ParameterOf(operation, cursor) is not null)
        {
            schema.Add(Cursor, ScalarNode.FromText(cursor, place));
        }

        schema.Add("properties", properties);
        if (required.Items.Count > 0)
        {
            schema.Add("required", required);
        }

        return schema;
    }

    // The description and the name in C# are those of the parameter.
    private static MapNode Field(Parameter parameter)
    {
        var field = SchemaReference.NameOf(parameter.Schema) is { } name ? SchemaReference.Wrapped(name, parameter.Place)
            : (MapNode?)parameter.Schema?.Clone() ?? new MapNode(parameter.Place);
        foreach (var key in new[] { "description", "deprecated", "x-csharp-name" })
        {
            if (parameter.Node[key] is { } value)
            {
                field.Set(key, value);
            }
        }

        return field;
    }
}
