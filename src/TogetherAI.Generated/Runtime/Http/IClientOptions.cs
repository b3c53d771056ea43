using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>What the settings of a client say, by the names under which callers know them.</summary>
// What is no setting is a method: binders of configuration look at all properties, explicit ones too.
internal interface IClientOptions
{
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

    /// <summary>What the client knows of the service that it calls.</summary>
    ServiceProfile GetProfile();

    /// <summary>Who is told of every call; null where nobody is.</summary>
    ICallListener? CreateListener();
}
