namespace TogetherAI.Runtime.Http;

/// <summary>What differs for one call, by the names under which callers know it. What is unset stays as the client has it.</summary>
internal interface ICallOptions
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

    /// <summary>Called once for a call that succeeds, as soon as the response headers are there.</summary>
    void OnResponse(ApiResponse response);

    /// <summary>Called before each retry.</summary>
    /// <param name="attempts">The attempts so far.</param>
    /// <param name="wait">The wait before the next.</param>
    /// <param name="failure">What the last one ended with; null where it got a response.</param>
    void OnRetry(CallAttempts attempts, TimeSpan wait, Exception? failure);

    /// <summary>A record of the call, of which somebody is told at its end; null where nobody asks.</summary>
    CallRecord? StartRecord(TimeProvider time);
}
