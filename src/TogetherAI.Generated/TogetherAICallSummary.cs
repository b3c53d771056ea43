using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>A summary of a call, passed to <see cref="TogetherAIRequestOptions.Completed"/> when the call ends.</summary>
public sealed partial class TogetherAICallSummary
{
    /// <summary>Gets the request; null in objects that were not created by the client.</summary>
    public TogetherAIRequestInfo? Request { get; init; }

    /// <summary>Gets the information in the response headers; null if there was no successful response.</summary>
    public TogetherAIResponseInfo? Response { get; init; }

    /// <summary>Gets the number of attempts: 0 if the request was never sent, 1 without retries.</summary>
    public int Attempts { get; init; }

    /// <summary>
    /// Gets whether the whole response or stream was received. False if the call failed or the stream was left
    /// early, in which case <see cref="Failure"/> is null.
    /// </summary>
    public bool IsComplete { get; init; }

    /// <summary>Gets the exception of a failed call; otherwise null.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Gets the finish reason of the stream; null if it has none, and for responses that are not streams.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Gets the number of stream events that were read; 0 for other responses and for the methods that stream bytes.</summary>
    public int EventsReceived { get; init; }

    /// <summary>Gets the number of bytes of the body that were read, after decompression.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Gets the duration of the call or of the enumeration, including the time that the caller took between events.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Gets the time from the call to the first event (or the first byte) of a stream; null if there was none.</summary>
    public TimeSpan? TimeToFirstEvent { get; init; }

    /// <summary>
    /// Gets the trailing headers of the response, with secrets masked; empty if it has none or was not read to its end, and
    /// on .NET Framework.
    /// </summary>
    public IReadOnlyDictionary<string, string> Trailers { get; init; } = FailureDetails.NoHeaders;

    internal static TogetherAICallSummary Of(CallRecord record)
    {
        var summary = new TogetherAICallSummary
        {
            Request = TogetherAIRequestInfo.Of(record),
            Response = record.Response is { } response ? TogetherAIResponseInfo.Read(response) : null,
            Attempts = record.Attempts,
            IsComplete = record.IsComplete,
            Failure = record.Failure,
            FinishReason = record.FinishReason,
            EventsReceived = record.Events,
            BytesReceived = record.Bytes,
            Duration = record.Duration,
            TimeToFirstEvent = record.TimeToFirstEvent,
            Trailers = record.Trailers,
        };
        summary.ReadUsage(record);
        return summary;
    }

    // Usage has a type only where the document gives it one.
    partial void ReadUsage(CallRecord record);
}
