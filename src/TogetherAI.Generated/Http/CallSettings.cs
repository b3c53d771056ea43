namespace TogetherAI;

/// <summary>
/// What holds for one call: the client's settings with the call's options over them. Made before any input or output,
/// so that a wrong option is an <see cref="ArgumentException"/> at once.
/// </summary>
internal sealed class CallSettings
{
    // Of v1 and the like.
    private const int VersionLength = 2;

    public CallSettings(ClientSettings client, HttpClient httpClient, ApiCall call)
    {
        var options = call.Options;
        HttpClient = options?.HttpClient ?? httpClient;
        Url = options?.ApiUrl is { } exact
            ? ClientSettings.RequireAbsolute(exact, nameof(TogetherAIRequestOptions.ApiUrl))
            : Join(client.BaseUrl, call.RelativeUrl);
        Headers = RequestHeaders.Merge(client.Headers, options?.Headers);
        ApiKey = options?.ApiKey ?? client.ApiKey
            ?? (HttpClient.DefaultRequestHeaders.Authorization is null ? client.EnvironmentApiKey : null);
        Timeout = options?.Timeout is { } timeout
            ? ClientSettings.RequireTimeout(timeout, nameof(TogetherAIRequestOptions.Timeout))
            : client.Timeout;
        StreamIdleTimeout = options?.StreamIdleTimeout is { } idle
            ? ClientSettings.RequireTimeout(idle, nameof(TogetherAIRequestOptions.StreamIdleTimeout))
            : client.StreamIdleTimeout;
        MaxRetries = options?.MaxRetries is { } retries
            ? ClientSettings.RequireNotNegative(retries, nameof(TogetherAIRequestOptions.MaxRetries))
            : client.MaxRetries;
        Client = client;
        Secrets = new Secrets(ApiKey, Headers, HttpClient);
        RequestHeaders.RequireSendable(this);
    }

    public ClientSettings Client { get; }

    public HttpClient HttpClient { get; }

    public Uri Url { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    public string? ApiKey { get; }

    public Secrets Secrets { get; }

    public TimeSpan Timeout { get; }

    public TimeSpan StreamIdleTimeout { get; }

    public int MaxRetries { get; }

    // The base may come with or without a slash at its end, with a path of its own (a gateway's prefix), with the version
    // that the paths of the document have already, and with a query that belongs to every call (a proxy's code).
    private static Uri Join(Uri baseUrl, string relative)
    {
        relative = relative.TrimStart('/');
        var root = baseUrl.GetLeftPart(UriPartial.Path);
        if (IsVersion(relative, 0) && relative.IndexOf('/') == VersionLength && EndsInVersion(baseUrl.AbsolutePath))
        {
            root = root.TrimEnd('/');
            root = root.Substring(0, root.Length - VersionLength);
        }

        var url = (root.EndsWith("/", StringComparison.Ordinal) ? root : root + "/") + relative;
        var query = baseUrl.Query.TrimStart('?');
        return new Uri(query.Length == 0 ? url : url + (url.IndexOf('?') < 0 ? '?' : '&') + query);
    }

    private static bool EndsInVersion(string path)
    {
        var length = path.TrimEnd('/').Length;
        return length > VersionLength && path[length - VersionLength - 1] == '/' && IsVersion(path, length - VersionLength);
    }

    private static bool IsVersion(string text, int start)
        => text.Length >= start + VersionLength && text[start] == 'v' && char.IsDigit(text[start + 1]);
}
