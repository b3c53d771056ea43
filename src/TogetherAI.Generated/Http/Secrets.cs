namespace TogetherAI;

/// <summary>The secrets of one call: which headers carry them, and how to keep them out of what a program may log.</summary>
internal sealed class Secrets
{
    private const string Mask = "***";

    // A shorter one is no secret, and masking it would blot out ordinary words.
    private const int ShortestMasked = 8;

    private static readonly string[] SecretWords = ["auth", "cookie", "credential", "key", "password", "secret", "session", "token"];

    private readonly string? _apiKey;
    private readonly IReadOnlyDictionary<string, string> _headers;
    private readonly HttpClient _httpClient;
    private string[]? _values;

    public Secrets(string? apiKey, IReadOnlyDictionary<string, string> headers, HttpClient httpClient)
    {
        _apiKey = apiKey;
        _headers = headers;
        _httpClient = httpClient;
    }

    // Only calls that fail need them.
    private string[] Values => _values ??= Collect();

    /// <summary>Whether a header of that name is likely to carry a secret.</summary>
    public static bool IsSecretName(string header)
        => SecretWords.Any(word => header.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>
    /// The text with every secret of the call masked: some servers repeat the key that they refuse, and some write it with
    /// the escapes of JSON.
    /// </summary>
    public string Hide(string text)
    {
        foreach (var value in Values)
        {
            text = SecretMatch.Replace(text, value, ShortestMasked, Mask);
        }

        return text;
    }

    /// <summary>
    /// The cause of a failure to read what the server sent, or null where the cause quotes a secret or too much: its text
    /// becomes part of <see cref="Exception.ToString"/>.
    /// </summary>
    public Exception? Presentable(Exception cause)
        => cause.Message.Length <= ErrorText.MaxLength && cause.ToString() is var text && Hide(text) == text ? cause : null;

    private string[] Collect()
    {
        var own = _headers.Select(header => (Name: header.Key, header.Value));
        var inherited = _httpClient.DefaultRequestHeaders.SelectMany(header => header.Value.Select(value => (Name: header.Key, Value: value)));
        return own.Concat(inherited)
            .Where(header => IsSecretName(header.Name))
            .SelectMany(header => header.Value.Split(' ', ';', ','))
            .Append(_apiKey ?? "")
            .Where(value => value.Length >= ShortestMasked)
            .Distinct()
            .OrderByDescending(value => value.Length)
            .ToArray();
    }
}
