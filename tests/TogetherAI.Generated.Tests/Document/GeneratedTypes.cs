using Newtonsoft.Json.Linq;

namespace TogetherAI.Tests.Document;

/// <summary>Finds what was generated from a part of the document.</summary>
internal static class GeneratedTypes
{
    /// <summary>The type of a schema's values.</summary>
    public static Type Of(JToken schema)
    {
        if (TogetherDocument.NameOf(schema) is { } name)
        {
            return TypeNamed(name) ?? throw new InvalidOperationException($"The client has no type {name}.");
        }

        return (string?)schema["type"] == "array"
            ? typeof(IReadOnlyList<>).MakeGenericType(Of(schema["items"]!))
            : typeof(JToken);
    }

    public static Type ClientOf(DocumentOperation operation) => TypeNamed($"TogetherAI{operation.Tag}Client")!;

    public static Type InterfaceOf(DocumentOperation operation) => TypeNamed($"ITogetherAI{operation.Tag}Client")!;

    private static Type? TypeNamed(string name) => typeof(TogetherAIOptions).Assembly.GetType($"TogetherAI.{name}");
}
