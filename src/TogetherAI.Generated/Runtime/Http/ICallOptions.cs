namespace TogetherAI.Runtime.Http;

/// <summary>What differs for one call, by the names under which callers know it. What is unset stays as the client has it.</summary>
internal interface ICallOptions
{
    string? ApiKey { get; }

    Uri? ApiUrl { get; }

    HttpClient? HttpClient { get; }

    IDictionary<string, string> Headers { get; }

    TimeSpan? Timeout { get; }

    TimeSpan? StreamIdleTimeout { get; }

    int? MaxRetries { get; }

    int? MaxResponseBytes { get; }

    bool? AllowNonEventStreams { get; }

    /// <summary>Called once for a call that succeeds, as soon as the response headers are there.</summary>
    void OnResponse(ApiResponse response);
}
