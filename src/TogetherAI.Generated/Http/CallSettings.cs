namespace TogetherAI;

/// <summary>
/// What holds for one call: the client's settings with the call's options over them. Made before any input or output,
/// so that a wrong option is an <see cref="ArgumentException"/> at once.
/// </summary>
internal sealed class CallSettings
{
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
        Secrets = new Secrets(ApiKey, Headers);
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
        var root = baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');
        if (IsVersion(relative.Split('/')[0]) && IsVersion(baseUrl.AbsolutePath.TrimEnd('/').Split('/').Last()))
        {
            root = root.Substring(0, root.LastIndexOf('/'));
        }

        var url = root + "/" + relative;
        var query = baseUrl.Query.TrimStart('?');
        return new Uri(query.Length == 0 ? url : url + (url.IndexOf('?') < 0 ? '?' : '&') + query);
    }

    private static bool IsVersion(string segment) => segment.Length == 2 && segment[0] == 'v' && char.IsDigit(segment[1]);
}
