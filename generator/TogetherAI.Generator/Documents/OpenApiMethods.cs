namespace TogetherAI.Generator.Documents;

/// <summary>The keys of a path that are operations.</summary>
internal static class OpenApiMethods
{
    public static IReadOnlyList<string> All { get; } = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
}
