using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>
/// What holds for one call: the client's settings with the call's options over them. Made before any input or output,
/// so that a wrong option is an <see cref="ArgumentException"/> at once.
/// </summary>
internal sealed class CallSettings : ICallSecrets
{
    public CallSettings(ClientSettings client, HttpClient httpClient, ApiCall call)
    {
        var options = call.Options;
        HttpClient = options?.HttpClient ?? httpClient;
        GivenAddress = options?.ApiUrl is { } exact
            ? ClientSettings.RequireAbsolute(exact, nameof(ICallOptions.ApiUrl))
            : client.BaseUrl ?? call.Operation.Server
                ?? throw new InvalidOperationException("No base URL is configured. Set BaseUrl in the options; the API description contains no server.");
        Url = options?.ApiUrl ?? client.LastUrl.Join(GivenAddress, call.RelativeUrl);
        Headers = RequestHeaders.Merge(RequestHeaders.Merge(client.Headers, call.Headers), options?.Headers);
        var ownProvider = ClientSettings.RequireAlone(options?.ApiKeyProvider, options?.ApiKey);
        ApiKeyProvider = ownProvider ?? (options?.ApiKey is null ? client.ApiKeyProvider : null);
        ApiKey = ApiKeyProvider is not null ? null : options?.ApiKey ?? client.ApiKey
            ?? (HttpClient.DefaultRequestHeaders.Authorization is null ? client.EnvironmentApiKey : null);
        Timeout = options?.Timeout is { } timeout
            ? ClientSettings.RequireTimeout(timeout, nameof(ICallOptions.Timeout))
            : client.Timeout;
        StreamIdleTimeout = options?.StreamIdleTimeout is { } idle
            ? ClientSettings.RequireTimeout(idle, nameof(ICallOptions.StreamIdleTimeout))
            : client.StreamIdleTimeout;
        FirstEventTimeout = options?.FirstEventTimeout is { } first
            ? ClientSettings.RequireTimeout(first, nameof(ICallOptions.FirstEventTimeout))
            : client.FirstEventTimeout;
        MaxRetries = options?.MaxRetries is { } retries
            ? ClientSettings.RequireNotNegative(retries, nameof(ICallOptions.MaxRetries))
            : client.MaxRetries;
        MaxResponseBytes = options?.MaxResponseBytes is { } bytes
            ? ClientSettings.RequirePositive(bytes, nameof(ICallOptions.MaxResponseBytes))
            : client.MaxResponseBytes;
        AllowNonEventStreams = options?.AllowNonEventStreams ?? client.AllowNonEventStreams;
        RequestSecrets = call.Secrets;
        Client = client;
        RequestHeaders.RequireSendable(this);
    }

    // What holds for a call that goes on at an address to which nothing of the caller's may go but the request.
    private CallSettings(CallSettings call, Uri url)
    {
        Client = call.Client;
        HttpClient = call.HttpClient;
        GivenAddress = url;
        Url = url;
        Headers = new Dictionary<string, string>();
        RequestSecrets = [.. call.RequestSecrets, call.ApiKey ?? ""];
        Timeout = call.Timeout;
        StreamIdleTimeout = call.StreamIdleTimeout;
        FirstEventTimeout = call.FirstEventTimeout;
        MaxRetries = call.MaxRetries;
        MaxResponseBytes = call.MaxResponseBytes;
        AllowNonEventStreams = call.AllowNonEventStreams;
    }

    /// <summary>The same without the key and without headers, for an address that the service names elsewhere.</summary>
    public CallSettings WithoutKey(Uri url) => new(this, url);

    public ClientSettings Client { get; }

    public HttpClient HttpClient { get; }

    /// <summary>The address as the caller gave it, <c>ApiUrl</c> or <c>BaseUrl</c>, with what of it may be secret.</summary>
    public Uri GivenAddress { get; }

    public Uri Url { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    public IReadOnlyCollection<string> RequestSecrets { get; }

    /// <summary>The key; null where there is none, or <see cref="ApiKeyProvider"/> has it.</summary>
    public string? ApiKey { get; }

    public Func<CancellationToken, ValueTask<string>>? ApiKeyProvider { get; }

    public TimeSpan Timeout { get; }

    public TimeSpan StreamIdleTimeout { get; }

    /// <summary>Null where <see cref="StreamIdleTimeout"/> holds for the first event, too.</summary>
    public TimeSpan? FirstEventTimeout { get; }

    public int MaxRetries { get; }

    public int MaxResponseBytes { get; }

    public bool AllowNonEventStreams { get; }
}
