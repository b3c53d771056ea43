namespace TogetherAI;

/// <summary>The secrets of one call: which headers carry them, and how to keep them out of what a program may log.</summary>
internal sealed class Secrets
{
    private const string Mask = "***";

    // A shorter one is no secret, and masking it would blot out ordinary words.
    private const int ShortestMasked = 8;

    private static readonly string[] SecretWords = ["auth", "cookie", "credential", "key", "password", "secret", "session", "token"];

    private readonly string[] _values;

    public Secrets(string? apiKey, IReadOnlyDictionary<string, string> headers)
    {
        _values = headers
            .Where(header => IsSecretName(header.Key))
            .SelectMany(header => header.Value.Split(' ', ';', ','))
            .Append(apiKey ?? "")
            .Where(value => value.Length >= ShortestMasked)
            .OrderByDescending(value => value.Length)
            .ToArray();
    }

    /// <summary>Whether a header of that name is likely to carry a secret.</summary>
    public static bool IsSecretName(string header)
        => SecretWords.Any(word => header.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>The text with every secret of the call masked: some servers repeat the key that they refuse.</summary>
    public string Hide(string text)
    {
        foreach (var value in _values)
        {
            text = text.Replace(value, Mask);
        }

        return text;
    }

    /// <summary>
    /// The cause of a failure to read what the server sent, or null where the cause quotes a secret or too much: its text
    /// becomes part of <see cref="Exception.ToString"/>.
    /// </summary>
    public Exception? Presentable(Exception cause)
        => cause.Message.Length <= ErrorText.MaxLength && !_values.Any(value => cause.ToString().Contains(value)) ? cause : null;
}
