using System.Diagnostics;
using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>What differs for one call. Everything left unset stays as the client's <see cref="TogetherAIOptions"/> say.</summary>
public sealed class TogetherAIRequestOptions : ICallOptions
{
    /// <summary>The API key of this call.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ApiKey { get; set; }

    /// <summary>What provides the API key of this call; see <see cref="TogetherAIOptions.ApiKeyProvider"/>.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Func<CancellationToken, ValueTask<string>>? ApiKeyProvider { get; set; }

    /// <summary>The exact address of a compatible endpoint. It is used as it is; nothing is appended.</summary>
    public Uri? ApiUrl { get; set; }

    /// <summary>The HTTP stack of this call. It is not disposed by the client.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>Headers of this call. They replace the client's headers of the same name, <c>Authorization</c> included.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>See <see cref="TogetherAIOptions.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>See <see cref="TogetherAIOptions.StreamIdleTimeout"/>.</summary>
    public TimeSpan? StreamIdleTimeout { get; set; }

    /// <summary>See <see cref="TogetherAIOptions.FirstEventTimeout"/>.</summary>
    public TimeSpan? FirstEventTimeout { get; set; }

    /// <summary>See <see cref="TogetherAIOptions.MaxRetries"/>.</summary>
    public int? MaxRetries { get; set; }

    /// <summary>See <see cref="TogetherAIOptions.MaxResponseBytes"/>.</summary>
    public int? MaxResponseBytes { get; set; }

    /// <summary>See <see cref="TogetherAIOptions.AllowNonEventStreams"/>.</summary>
    public bool? AllowNonEventStreams { get; set; }

    /// <summary>
    /// Called once for a call that succeeds, as soon as the response headers are there: before the first byte of a
    /// stream, before a whole response is read. An exception that it throws ends the call.
    /// </summary>
    public Action<TogetherAIResponseInfo>? ResponseReceived { get; set; }

    /// <summary>
    /// Called before each retry, with what failed and how long the wait is. An exception that it throws ends the call.
    /// </summary>
    public Action<TogetherAIRetryInfo>? Retrying { get; set; }

    /// <summary>
    /// Called once for each call, when it has ended in whichever way and its connection is closed: with the whole response,
    /// at the end of a stream, when a stream is left early, or when the call failed. Each enumeration of a stream is a call.
    /// </summary>
    /// <remarks>
    /// It runs where the call ends, which waits for it. An exception that it throws comes out there, and replaces that of
    /// a call that failed.
    /// </remarks>
    public Action<TogetherAICallSummary>? Completed { get; set; }

    void ICallOptions.OnRetry(CallAttempts attempts, TimeSpan wait, Exception? failure)
        => Retrying?.Invoke(TogetherAIRetryInfo.Of(attempts, wait, failure));

    CallRecord? ICallOptions.StartRecord(TimeProvider time)
        => Completed is { } completed ? new CallRecord(time, record => completed(TogetherAICallSummary.Of(record))) : null;

    void ICallOptions.OnResponse(ApiResponse response) => ResponseReceived?.Invoke(TogetherAIResponseInfo.Read(response));
}
