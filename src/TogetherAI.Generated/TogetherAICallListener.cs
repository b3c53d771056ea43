using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>The callbacks of a client, as they were when it was created.</summary>
internal sealed class TogetherAICallListener : ICallListener
{
    private readonly Action<TogetherAIRequestInfo>? _sending;
    private readonly Action<TogetherAIResponseInfo>? _responseReceived;
    private readonly Action<TogetherAIRetryInfo>? _retrying;

    private TogetherAICallListener(TogetherAIOptions options)
    {
        _sending = options.Sending;
        _responseReceived = options.ResponseReceived;
        _retrying = options.Retrying;
        Ended = Summarizing(options.Completed);
    }

    public Action<CallRecord>? Ended { get; }

    public static TogetherAICallListener? Of(TogetherAIOptions options)
        => options is { Sending: null, ResponseReceived: null, Retrying: null, Completed: null } ? null : new TogetherAICallListener(options);

    public static Action<CallRecord>? Summarizing(Action<TogetherAICallSummary>? completed)
        => completed is null ? null : record => completed(TogetherAICallSummary.Of(record));

    public void OnSending(CallAttempts attempts) => _sending?.Invoke(TogetherAIRequestInfo.Of(attempts));

    public void OnResponse(ApiResponse response) => _responseReceived?.Invoke(TogetherAIResponseInfo.Read(response));

    public void OnRetry(CallAttempts attempts, TimeSpan wait, Exception? failure)
        => _retrying?.Invoke(TogetherAIRetryInfo.Of(attempts, wait, failure));
}
