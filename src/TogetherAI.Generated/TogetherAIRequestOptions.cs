using System.Diagnostics;
using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>Options of a single call. Unset options are taken from the client's <see cref="TogetherAIOptions"/>.</summary>
public sealed class TogetherAIRequestOptions : ICallOptions
{
    /// <summary>Gets or sets the API key of this call.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets a function that provides the API key of this call; see <see cref="TogetherAIOptions.ApiKeyProvider"/>.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Func<CancellationToken, ValueTask<string>>? ApiKeyProvider { get; set; }

    /// <summary>Gets or sets the exact URL of a compatible endpoint. Nothing is appended to it.</summary>
    public Uri? ApiUrl { get; set; }

    /// <summary>Gets or sets the <see cref="System.Net.Http.HttpClient"/> of this call. It is not disposed by the client.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>Gets the headers of this call. They replace the client's headers of the same name, <c>Authorization</c> included.</summary>
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
    /// Gets or sets a callback that is called before each attempt, just before the request is sent. An exception that it throws
    /// ends the call.
    /// </summary>
    public Action<TogetherAIRequestInfo>? Sending { get; set; }

    /// <summary>
    /// Gets or sets a callback that is called once for a successful call, when the response headers are received and before the
    /// body is read. An exception that it throws ends the call.
    /// </summary>
    public Action<TogetherAIResponseInfo>? ResponseReceived { get; set; }

    /// <summary>
    /// Gets or sets a callback that is called before each retry, with the failure and the delay. An exception that it throws
    /// ends the call.
    /// </summary>
    public Action<TogetherAIRetryInfo>? Retrying { get; set; }

    /// <summary>
    /// Gets or sets a callback that is called once for each call after it has ended: with the whole response, at the end of a
    /// stream, when a stream is left early, or when the call failed. Each enumeration of a stream is a call.
    /// </summary>
    /// <remarks>
    /// It is called synchronously. An exception that it throws is thrown to the caller, and replaces the exception of a failed
    /// call.
    /// </remarks>
    public Action<TogetherAICallSummary>? Completed { get; set; }

    /// <summary>
    /// Gets or sets an object that receives the status, headers and timings of this call, to be read beside its result: of any method,
    /// whole or streamed.
    /// </summary>
    public TogetherAICallCapture? Capture { get; set; }

    // What was captured is there when the callbacks look.
    Action<CallRecord>? ICallListener.Ended
        => TogetherAICallListener.Summarizing(Capture is { } capture ? capture.Completed + Completed : Completed);

    void ICallListener.OnSending(CallAttempts attempts)
    {
        Capture?.Sending(attempts.Count);
        Sending?.Invoke(TogetherAIRequestInfo.Of(attempts));
    }

    void ICallListener.OnResponse(ApiResponse response)
    {
        if (Capture is null && ResponseReceived is null)
        {
            return;
        }

        var info = TogetherAIResponseInfo.Read(response);
        Capture?.Received(info);
        ResponseReceived?.Invoke(info);
    }

    void ICallListener.OnRetry(CallAttempts attempts, TimeSpan wait, Exception? failure)
        => Retrying?.Invoke(TogetherAIRetryInfo.Of(attempts, wait, failure));
}
