using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>What the settings of a client say, by the names under which callers know them.</summary>
internal interface IClientOptions
{
    /// <summary>What the client knows of the service that it calls.</summary>
    ServiceProfile Profile { get; }

    string? ApiKey { get; }

    Func<CancellationToken, ValueTask<string>>? ApiKeyProvider { get; }

    Uri? BaseUrl { get; }

    IDictionary<string, string> Headers { get; }

    TimeSpan Timeout { get; }

    TimeSpan StreamIdleTimeout { get; }

    TimeSpan? FirstEventTimeout { get; }

    int MaxRetries { get; }

    int MaxEventBytes { get; }

    int MaxResponseBytes { get; }

    int MaxErrorResponseBytes { get; }

    bool AllowNonEventStreams { get; }

    bool AllowUnterminatedStreams { get; }

    bool AllowInsecureHttp { get; }

    TimeProvider TimeProvider { get; }
}
