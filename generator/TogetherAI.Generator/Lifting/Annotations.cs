namespace TogetherAI.Generator.Lifting;

/// <summary>Words of a schema that say something of its use and nothing of its values.</summary>
internal static class Annotations
{
    public static readonly IReadOnlySet<string> Keys = new HashSet<string>(StringComparer.Ordinal)
    {
        "description", "title", "deprecated", "readOnly", "writeOnly", "example", "examples", "default", "externalDocs", "nullable", "xml", "$comment",
    };
}
