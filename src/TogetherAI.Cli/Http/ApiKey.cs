namespace TogetherAI.Cli.Http;

/// <summary>The key, as far as the tool deals with it; the client reads it itself.</summary>
internal static class ApiKey
{
    public const string Variable = "TOGETHER_API_KEY";

    // Fewer characters than this give away too much of a key with the last four.
    private const int LeastLength = 20;

    /// <summary>What is sent as the key, for a person: a header of the command line replaces the key of the environment.</summary>
    public static string Describe(string? key, IDictionary<string, string> headers)
        => headers.TryGetValue("Authorization", out var header)
            // Scheme and credentials.
            ? $"{Mask(header.Split(' ', 2)[^1].Trim())} (header Authorization)"
            : Mask(key);

    /// <summary>Enough of a key to tell it from another, and not more.</summary>
    public static string Mask(string? key) => key switch
    {
        null or "" => "none",
        { Length: < LeastLength } => "****",
        _ => "****" + key[^4..],
    };
}
