namespace TogetherAI.Generator.Documents;

/// <summary>The names that a header or a cookie may have: tokens of RFC 9110, section 5.6.2.</summary>
internal static class HeaderName
{
    /// <summary>The rule, as messages state it.</summary>
    public const string Rule = "It may have ASCII letters, digits and any of !#$%&'*+-.^_`|~.";

    private const string Symbols = "!#$%&'*+-.^_`|~";

    public static bool IsValid(string name) => name.Length > 0 && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || Symbols.Contains(letter));
}
