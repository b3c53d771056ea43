namespace TogetherAI.Runtime.Errors;

/// <summary>
/// The secrets of one call, and how to keep them out of what a program may log. Every text that leaves the client because a
/// call failed passes through here, in the constructor of <see cref="TogetherAIException"/>. A body becomes part of a message
/// only after it did: where it breaks off inside a secret, that is seen at its end alone.
/// </summary>
internal sealed class Secrets
{
    private const string Mask = "***";

    private readonly ICallSecrets _settings;
    private readonly HttpRequestMessage? _sent;
    private readonly HttpRequestMessage? _answered;
    private string[]? _values;

    /// <summary>Gathers nothing before it is asked for: only calls that fail need them.</summary>
    /// <param name="settings">What the caller entrusted to the client.</param>
    /// <param name="sent">The request as it was sent, to which hooks and handlers may have added secrets of their own.</param>
    /// <param name="answered">The request that the response names, which may be another one.</param>
    public Secrets(ICallSecrets settings, HttpRequestMessage? sent, HttpRequestMessage? answered = null)
    {
        _settings = settings;
        _sent = sent;
        _answered = answered;
    }

    private string[] Values => _values ??= SecretValues.Of(_settings, _sent, _answered);

    /// <summary>
    /// The text with every secret of the call masked: some servers repeat the key that they refuse, and some write it with
    /// the escapes of JSON.
    /// </summary>
    public string Hide(string text)
    {
        foreach (var value in Values)
        {
            text = SecretMatch.Replace(text, value, Mask);
        }

        return text;
    }

    /// <summary>An address as others may see it: without its query and user information, and with secrets masked.</summary>
    public string HideIn(Uri url) => Hide(ErrorText.Address(url));

    /// <summary>The same for the names and values of headers.</summary>
    public IReadOnlyDictionary<string, string> Hide(IReadOnlyDictionary<string, string> headers)
    {
        var hidden = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in headers)
        {
            hidden[Hide(header.Key)] = Hide(header.Value);
        }

        return hidden;
    }

    /// <summary>The cause of a failure as it may be carried by an exception: see <see cref="MaskedCause"/>.</summary>
    public Exception? Masked(Exception? cause) => MaskedCause.Of(cause, this);

    /// <summary>Whether a text quotes a secret.</summary>
    public bool AreIn(string text) => Hide(text) != text;
}
