using System.Text.RegularExpressions;

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

    /// <summary>
    /// The text with every secret of the call masked: some servers repeat the key that they refuse, and some write it with
    /// the escapes of JSON.
    /// </summary>
    public string Hide(string text)
    {
        foreach (var value in _values)
        {
            // Not by a static method, which would keep the pattern, and with it the secret.
            text = new Regex(Pattern(value), RegexOptions.CultureInvariant).Replace(text, Mask);
        }

        return text;
    }

    /// <summary>
    /// The cause of a failure to read what the server sent, or null where the cause quotes a secret or too much: its text
    /// becomes part of <see cref="Exception.ToString"/>.
    /// </summary>
    public Exception? Presentable(Exception cause)
        => cause.Message.Length <= ErrorText.MaxLength && cause.ToString() is var text && Hide(text) == text ? cause : null;

    // A secret, or the beginning of one with which a text ends that was cut off.
    private static string Pattern(string value)
    {
        var characters = value.Select(Pattern).ToList();
        var beginning = string.Concat(characters.Take(ShortestMasked));
        var rest = characters.Skip(ShortestMasked).Reverse().Aggregate("", (behind, character) => $"(?:{character}{behind})?");
        return string.Concat(characters) + "|" + beginning + rest + "\\z";
    }

    // A character as it is, behind backslashes, or by its number. JSON inside a text of JSON has more than one backslash;
    // without a bound, a body of nothing else would take for ever.
    private static string Pattern(char character)
    {
        var asNumber = $"(?i:u{(int)character:x4})";
        return character == '\\' ? $@"\\{{1,8}}{asNumber}?" : $@"(?:\\{{0,4}}{Regex.Escape(character.ToString())}|\\{{1,4}}{asNumber})";
    }
}
