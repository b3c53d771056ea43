using TogetherAI.Generator.Documents;

namespace TogetherAI.Generator.Naming;

/// <summary>The names of clients and of their methods.</summary>
internal static class OperationNames
{
    /// <summary>The word for the client of an operation: its first tag.</summary>
    public static string ClientOf(Operation operation) => CSharpIdentifier.PascalAscii(operation.Tag?.Text ?? "");

    /// <summary>The method that waits for the job which an operation retrieves, without <c>Async</c>.</summary>
    public static string WaitOf(Operation operation)
    {
        var method = MethodOf(operation);
        var verb = new[] { "Retrieve", "Get" }.FirstOrDefault(verb => method.StartsWith(verb, StringComparison.Ordinal));
        return verb is null ? "WaitFor" + method : "Wait" + method[verb.Length..];
    }

    /// <summary>The method, without <c>Async</c>: the id, or what follows the tag in it.</summary>
    public static string MethodOf(Operation operation)
    {
        var id = operation.Id ?? $"{operation.Method} {operation.Path}";
        var separator = id.IndexOf('_', StringComparison.Ordinal);
        if (separator > 0 && separator < id.Length - 1 && CSharpIdentifier.PascalAscii(id[..separator]) == ClientOf(operation))
        {
            id = id[(separator + 1)..];
        }

        return CSharpIdentifier.PascalAscii(id);
    }
}
