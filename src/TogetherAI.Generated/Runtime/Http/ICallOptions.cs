namespace TogetherAI.Runtime.Http;

/// <summary>What differs for one call, by the names under which callers know it. What is unset stays as the client has it.</summary>
internal interface ICallOptions : ICallListener
{
    string? ApiKey { get; }

    Func<CancellationToken, ValueTask<string>>? ApiKeyProvider { get; }

    Uri? ApiUrl { get; }

    HttpClient? HttpClient { get; }

    IDictionary<string, string> Headers { get; }

    TimeSpan? Timeout { get; }

    TimeSpan? StreamIdleTimeout { get; }

    TimeSpan? FirstEventTimeout { get; }

    int? MaxRetries { get; }

    int? MaxResponseBytes { get; }

    bool? AllowNonEventStreams { get; }
}
