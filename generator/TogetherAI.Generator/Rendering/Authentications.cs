using TogetherAI.Generator.Documents;

namespace TogetherAI.Generator.Rendering;

/// <summary>How an operation takes its key, by the first security scheme that it, or the document, requires.</summary>
internal static class Authentications
{
    /// <summary>The member of <c>ApiAuthentication</c> in C#; null for the usual one, a bearer token.</summary>
    public static string? Of(ApiDocument document, Operation operation)
    {
        var requirements = operation.Node.List("security") ?? document.Root.List("security");
        var name = requirements?.Maps.SelectMany(static requirement => requirement.Keys).FirstOrDefault();
        var scheme = name is null ? null : document.Follow(document.Root.Map("components")?.Map("securitySchemes")?[name]);
        return scheme?.Text("type") switch
        {
            "apiKey" => $"{(scheme.Text("in") switch { "query" => "Query", "cookie" => "Cookie", _ => "Header" })}({CSharpText.Literal(scheme.Text("name")!)})",
            "http" when string.Equals(scheme.Text("scheme"), "basic", StringComparison.OrdinalIgnoreCase) => "Basic",
            _ => null,
        };
    }
}
