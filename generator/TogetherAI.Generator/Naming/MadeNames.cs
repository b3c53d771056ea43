using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Naming;

/// <summary>
/// The names of types that the program makes for an operation. Each begins with the area in the singular, as in
/// <c>ModelListRequest</c> of the operation <c>List</c> of the tag <c>Models</c>.
/// </summary>
internal static class MadeNames
{
    /// <summary>On a schema that the program made: its name, where that was given or is made.</summary>
    public const string Word = "x-made-name";

    /// <summary>On an operation: the name of the type with its parameters.</summary>
    public const string RequestName = "x-request-name";

    /// <summary>On an operation: the name of the type with the list that it returns.</summary>
    public const string ResponseName = "x-response-name";

    /// <summary>The type with the parameters of an operation: its request where it has no body.</summary>
    public static ScalarNode OfParameters(Operation operation) => Of(operation, RequestName, operation.RequestBody is null ? "Request" : "Parameters");

    /// <summary>The type with the list that an operation returns.</summary>
    public static ScalarNode OfList(Operation operation) => Of(operation, ResponseName, "Response");

    private static ScalarNode Of(Operation operation, string word, string role)
        => operation.Node[word] as ScalarNode ?? ScalarNode.FromText(Name(OperationNames.ClientOf(operation), OperationNames.MethodOf(operation)) + role, operation.Place);

    // A method that names its area again, as ListModels of Models does, is List.
    private static string Name(string area, string method)
    {
        var singular = Singular(area);
        foreach (var word in new[] { area, singular }.Where(static word => word.Length > 0))
        {
            for (var start = method.IndexOf(word, StringComparison.Ordinal); start >= 0; start = method.IndexOf(word, start + 1, StringComparison.Ordinal))
            {
                var end = start + word.Length;
                if (end == method.Length || !char.IsLower(method[end]))
                {
                    return singular + method.Remove(start, word.Length);
                }
            }
        }

        return singular + method;
    }

    private static string Singular(string area)
        => area.EndsWith("ies", StringComparison.Ordinal) && area.Length > 4 ? area[..^3] + "y"
            : area.EndsWith("sses", StringComparison.Ordinal) || area.EndsWith("xes", StringComparison.Ordinal) || area.EndsWith("ches", StringComparison.Ordinal) ? area[..^2]
            : area.EndsWith('s') && !area.EndsWith("ss", StringComparison.Ordinal) && !area.EndsWith("us", StringComparison.Ordinal) && !area.EndsWith("is", StringComparison.Ordinal) ? area[..^1]
            : area;
}
