namespace TogetherAI;

/// <summary>The options of a client, copied when it was created, so that a later change to them changes nothing.</summary>
internal sealed class ClientSettings
{
    private const string KeyVariable = "TOGETHER_API_KEY";
    private const string AddressVariable = "TOGETHER_BASE_URL";

    public ClientSettings(TogetherAIOptions? options, HttpClient httpClient)
    {
        options ??= new TogetherAIOptions();
        ApiKey = options.ApiKey;
        EnvironmentApiKey = Environment.GetEnvironmentVariable(KeyVariable)?.Trim();
        BaseUrl = (options.BaseUrlOrNull ?? httpClient.BaseAddress) is { } url
            ? RequireAbsolute(url, nameof(TogetherAIOptions.BaseUrl))
            : EnvironmentBaseUrl();
        Headers = new Dictionary<string, string>(options.Headers, StringComparer.OrdinalIgnoreCase);
        Timeout = RequireTimeout(options.Timeout, nameof(TogetherAIOptions.Timeout));
        StreamIdleTimeout = RequireTimeout(options.StreamIdleTimeout, nameof(TogetherAIOptions.StreamIdleTimeout));
        MaxRetries = RequireNotNegative(options.MaxRetries, nameof(TogetherAIOptions.MaxRetries));
        MaxEventBytes = RequirePositive(options.MaxEventBytes, nameof(TogetherAIOptions.MaxEventBytes));
        MaxResponseBytes = RequirePositive(options.MaxResponseBytes, nameof(TogetherAIOptions.MaxResponseBytes));
        MaxErrorResponseBytes = RequirePositive(options.MaxErrorResponseBytes, nameof(TogetherAIOptions.MaxErrorResponseBytes));
        AllowNonEventStreams = options.AllowNonEventStreams;
        AllowUnterminatedStreams = options.AllowUnterminatedStreams;
        AllowInsecureHttp = options.AllowInsecureHttp;
        TimeProvider = options.TimeProvider ?? throw new ArgumentNullException(nameof(TogetherAIOptions.TimeProvider));
    }

    public string? ApiKey { get; }

    /// <summary>The key where nothing else says who calls.</summary>
    public string? EnvironmentApiKey { get; }

    /// <summary>Root of the API; null where each operation takes the server that the document names for it.</summary>
    public Uri? BaseUrl { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    public TimeSpan Timeout { get; }

    public TimeSpan StreamIdleTimeout { get; }

    public int MaxRetries { get; }

    public int MaxEventBytes { get; }

    public int MaxResponseBytes { get; }

    public int MaxErrorResponseBytes { get; }

    public bool AllowNonEventStreams { get; }

    public bool AllowUnterminatedStreams { get; }

    public bool AllowInsecureHttp { get; }

    public TimeProvider TimeProvider { get; }

    public static Uri RequireAbsolute(Uri url, string name)
        => url.IsAbsoluteUri && url.Scheme is "http" or "https"
            ? url
            : throw new ArgumentException($"{name} must be an absolute http or https address.", name);

    public static TimeSpan RequireTimeout(TimeSpan timeout, string name)
        => (timeout > TimeSpan.Zero && timeout.TotalMilliseconds <= int.MaxValue) || timeout == System.Threading.Timeout.InfiniteTimeSpan
            ? timeout
            : throw new ArgumentOutOfRangeException(name, $"{name} must be positive and at most 24 days, or Timeout.InfiniteTimeSpan.");

    public static int RequireNotNegative(int count, string name)
        => count >= 0 ? count : throw new ArgumentOutOfRangeException(name, $"{name} must not be negative.");

    // No array is longer than that, and one byte more is needed in order to find that there is more.
    public static int RequirePositive(int bytes, string name)
        => bytes > 0
            ? Math.Min(bytes, 0x7FFFFFC6)
            : throw new ArgumentOutOfRangeException(name, $"{name} must be at least 1.");

    private static Uri? EnvironmentBaseUrl()
    {
        var text = Environment.GetEnvironmentVariable(AddressVariable)?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url)
            ? RequireAbsolute(url, AddressVariable)
            : throw new ArgumentException($"{AddressVariable} must be an absolute http or https address.", AddressVariable);
    }
}
