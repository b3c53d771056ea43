using System.Text;
using TogetherAI.Generator.Documents;

namespace TogetherAI.Generator.Naming;

/// <summary>The names of clients and of their methods.</summary>
internal static class OperationNames
{
    /// <summary>The word for the name of an operation in telemetry.</summary>
    public const string TelemetryKey = "x-gen-ai-operation";

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

    /// <summary>The name of an operation in telemetry: what the document says, otherwise that of the client and the method.</summary>
    public static string TelemetryOf(Operation operation)
        => operation.Node.Text(TelemetryKey) ?? string.Join(".", new[] { ClientOf(operation), MethodOf(operation) }.Where(static name => name.Length > 0).Select(SnakeCase));

    private static string SnakeCase(string name)
    {
        var snake = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var beginsWord = i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            snake.Append(beginsWord ? "_" : "").Append(char.ToLowerInvariant(name[i]));
        }

        return snake.ToString();
    }
}
