namespace TogetherAI.Generator.Specification;

/// <summary>Reads the types of <c>OpenApiTable.txt</c>.</summary>
internal static class TypeParser
{
    private static readonly HashSet<string> SimpleTypes = ["text", "boolean", "number", "integer", "count", "any"];

    public static KeyType Parse(string text)
    {
        var alternatives = text.Split(" or ");
        return alternatives.Length > 1 ? new KeyType.Either([.. alternatives.Select(Parse)]) : text[0] switch
        {
            '[' => new KeyType.ListOf(Parse(text[1..^1])),
            '{' => new KeyType.MapOf(Parse(text[1..^1])),
            '(' => new KeyType.Words(text[1..^1].Split('|')),
            _ when SimpleTypes.Contains(text) => new KeyType.Simple(text),
            _ => new KeyType.Object(text),
        };
    }
}
