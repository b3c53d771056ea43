namespace TogetherAI.Cli.Http;

/// <summary>The key, as far as the tool deals with it; the client reads it itself.</summary>
internal static class ApiKey
{
    public const string Variable = "TOGETHER_API_KEY";

    private const string Authorization = "Authorization";

    // Fewer characters than this give away too much of a key with the last four.
    private const int LeastLength = 20;

    // What a header is called that has credentials.
    private static readonly string[] SecretWords = ["auth", "cookie", "credential", "key", "password", "secret", "session", "token"];

    /// <summary>
    /// What is sent as the key, for a person: the header Authorization of the command line replaces the key of the environment,
    /// and other headers with credentials go beside it.
    /// </summary>
    public static string Describe(string? key, IDictionary<string, string> headers)
    {
        var keys = headers.Where(static header => IsSecret(header.Key))
            // Scheme and credentials.
            .Select(static header => $"{Mask(header.Value.Split(' ', 2)[^1].Trim())} (header {Usual(header.Key)})");
        return headers.ContainsKey(Authorization) || (string.IsNullOrEmpty(key) && headers.Keys.Any(IsSecret))
            ? string.Join(", ", keys)
            : string.Join(", ", keys.Prepend(Mask(key)));
    }

    private static string Usual(string header) => header.Equals(Authorization, StringComparison.OrdinalIgnoreCase) ? Authorization : header;

    private static bool IsSecret(string header)
        => !header.Contains("idempotency", StringComparison.OrdinalIgnoreCase)
        && SecretWords.Any(word => header.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Enough of a key to tell it from another, and not more.</summary>
    public static string Mask(string? key) => key switch
    {
        null or "" => "none",
        { Length: < LeastLength } => "****",
        _ => "****" + key[^4..],
    };
}
