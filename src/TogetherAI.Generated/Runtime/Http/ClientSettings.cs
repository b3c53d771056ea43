using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>The options of a client, copied when it was created, so that a later change to them changes nothing.</summary>
internal sealed class ClientSettings
{
    /// <param name="options">The options.</param>
    /// <param name="httpClient">The HTTP stack, which may have a base address.</param>
    /// <param name="faults">Gets a sentence for each invalid option; null throws at the first one.</param>
    public ClientSettings(IClientOptions options, HttpClient httpClient, ICollection<string>? faults = null)
    {
        Profile = options.GetProfile();
        ApiKey = options.ApiKey;
        ApiKeyProvider = Valid(() => RequireAlone(options.ApiKeyProvider, options.ApiKey));
        EnvironmentApiKey = Profile.KeyVariable is { } variable ? Environment.GetEnvironmentVariable(variable)?.Trim() : null;
        BaseUrl = Valid(() => (options.BaseUrl ?? httpClient.BaseAddress) is { } url
            ? RequireAbsolute(url, nameof(IClientOptions.BaseUrl))
            : EnvironmentBaseUrl(Profile.AddressVariable));
        Headers = new Dictionary<string, string>(options.Headers, StringComparer.OrdinalIgnoreCase);
        Timeout = Valid(() => RequireTimeout(options.Timeout, nameof(IClientOptions.Timeout)));
        StreamIdleTimeout = Valid(() => RequireTimeout(options.StreamIdleTimeout, nameof(IClientOptions.StreamIdleTimeout)));
        FirstEventTimeout = Valid<TimeSpan?>(() => options.FirstEventTimeout is { } first ? RequireTimeout(first, nameof(IClientOptions.FirstEventTimeout)) : null);
        MaxRetries = Valid(() => RequireNotNegative(options.MaxRetries, nameof(IClientOptions.MaxRetries)));
        MaxEventBytes = Valid(() => RequirePositive(options.MaxEventBytes, nameof(IClientOptions.MaxEventBytes)));
        MaxResponseBytes = Valid(() => RequirePositive(options.MaxResponseBytes, nameof(IClientOptions.MaxResponseBytes)));
        MaxErrorResponseBytes = Valid(() => RequirePositive(options.MaxErrorResponseBytes, nameof(IClientOptions.MaxErrorResponseBytes)));
        AllowNonEventStreams = options.AllowNonEventStreams;
        AllowUnterminatedStreams = options.AllowUnterminatedStreams;
        AllowInsecureHttp = options.AllowInsecureHttp;
        TimeProvider = Valid(() => options.TimeProvider ?? throw new ArgumentNullException(nameof(IClientOptions.TimeProvider), "TimeProvider must not be null."));
        Listener = options.CreateListener();

        T Valid<T>(Func<T> value)
        {
            try
            {
                return value();
            }
            catch (ArgumentException exception) when (faults is not null)
            {
                faults.Add(ErrorText.WithoutParameter(exception));
                return default!;
            }
        }
    }

    public ServiceProfile Profile { get; }

    public string? ApiKey { get; }

    public Func<CancellationToken, ValueTask<string>>? ApiKeyProvider { get; }

    /// <summary>The key where nothing else says who calls.</summary>
    public string? EnvironmentApiKey { get; }

    /// <summary>Root of the API; null where each operation takes the server that the document names for it.</summary>
    public Uri? BaseUrl { get; }

    /// <summary>Joins that root and the path of a call.</summary>
    public LastUrl LastUrl { get; } = new();

    public IReadOnlyDictionary<string, string> Headers { get; }

    public TimeSpan Timeout { get; }

    public TimeSpan StreamIdleTimeout { get; }

    /// <summary>Null where <see cref="StreamIdleTimeout"/> holds for the first event, too.</summary>
    public TimeSpan? FirstEventTimeout { get; }

    public int MaxRetries { get; }

    public int MaxEventBytes { get; }

    public int MaxResponseBytes { get; }

    public int MaxErrorResponseBytes { get; }

    public bool AllowNonEventStreams { get; }

    public bool AllowUnterminatedStreams { get; }

    public bool AllowInsecureHttp { get; }

    public TimeProvider TimeProvider { get; }

    /// <summary>Who is told of every call; null where nobody is.</summary>
    public ICallListener? Listener { get; }

    public static Func<CancellationToken, ValueTask<string>>? RequireAlone(Func<CancellationToken, ValueTask<string>>? provider, string? key)
        => provider is null || key is null
            ? provider
            : throw new ArgumentException("ApiKey and ApiKeyProvider are both set. Set one of them.", nameof(IClientOptions.ApiKeyProvider));

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

    private static Uri? EnvironmentBaseUrl(string? variable)
    {
        var text = variable is null ? null : Environment.GetEnvironmentVariable(variable)?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url)
            ? RequireAbsolute(url, variable!)
            : throw new ArgumentException($"{variable} must be an absolute http or https address.", variable);
    }
}
