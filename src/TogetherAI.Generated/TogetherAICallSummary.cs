using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>What came in one call, told at its end by <see cref="TogetherAIRequestOptions.Completed"/>.</summary>
public sealed partial class TogetherAICallSummary
{
    /// <summary>What the response headers said; null where the call failed before a response with success came.</summary>
    public TogetherAIResponseInfo? Response { get; init; }

    /// <summary>How often the request was sent: 0 where it never was, 1 without a retry.</summary>
    public int Attempts { get; init; }

    /// <summary>
    /// Whether everything came: the whole response, or the stream to its end. False where the call failed or the stream was left
    /// early, in which case <see cref="Failure"/> is null.
    /// </summary>
    public bool IsComplete { get; init; }

    /// <summary>The exception that the caller got; null where the call did not fail.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Why generation ended, as the stream said; null where it did not say, and for responses that are no streams.</summary>
    public string? FinishReason { get; init; }

    /// <summary>How many events of a stream were read; 0 for other responses and for the methods that stream bytes.</summary>
    public int EventsReceived { get; init; }

    /// <summary>How many bytes of the body were read, after decompression.</summary>
    public long BytesReceived { get; init; }

    /// <summary>The time from the call, or the start of the enumeration, to its end; it includes time that the caller took between events.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The time from the call to the first event of a stream, or to its first byte; null where none came.</summary>
    public TimeSpan? TimeToFirstEvent { get; init; }

    /// <summary>
    /// The trailing headers of the response, with secrets masked; empty where it had none, where it was not read to its end, and
    /// on .NET Framework.
    /// </summary>
    public IReadOnlyDictionary<string, string> Trailers { get; init; } = FailureDetails.NoHeaders;

    internal static TogetherAICallSummary Of(CallRecord record)
    {
        var summary = new TogetherAICallSummary
        {
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
