namespace TogetherAI.Generator.Drift;

/// <summary>What a fact says of its place, apart from limits, which go by their words of OpenAPI.</summary>
internal static class Aspects
{
    public const string Exists = "exists";

    public const string Required = "required";

    public const string Type = "type";

    /// <summary>One word of a set; a place has as many facts as there are words.</summary>
    public const string Value = "value";

    /// <summary>The type of what may be anything, and the words of what has no set of them.</summary>
    public const string Any = "any";

    // What is not there has nothing else to say, and what may be anything nothing but whether it is required.
    private static readonly string[] First = [Exists, Required, Type];

    /// <summary>The order in which the aspects of a place are told.</summary>
    public static int Rank(string aspect) => Array.IndexOf(First, aspect) is var rank and >= 0 ? rank : First.Length;
}
