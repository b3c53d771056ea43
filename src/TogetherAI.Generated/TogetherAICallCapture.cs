namespace TogetherAI;

/// <summary>
/// Receives the status, headers and timings of a call beside its result, whichever method makes the call; see
/// <see cref="TogetherAIRequestOptions.Capture"/>.
/// </summary>
/// <remarks>
/// A capture belongs to one call at a time. A method that makes several calls, such as one that enumerates pages or waits for a
/// job, leaves the last of them.
/// </remarks>
public sealed class TogetherAICallCapture
{
    /// <summary>
    /// Gets the status and the headers of the response: set before the body is read, and thus before the first event of a stream.
    /// Null if there was no successful response; the exception then has the status and the headers.
    /// </summary>
    public TogetherAIResponseInfo? Response { get; private set; }

    /// <summary>
    /// Gets the timings, the usage, and how the call ended: set when the whole response was received, the stream ended or was left
    /// early, or the call failed. Null while the call is running.
    /// </summary>
    public TogetherAICallSummary? Summary { get; private set; }

    internal void Sending(int attempt)
    {
        if (attempt == 1)
        {
            Response = null;
            Summary = null;
        }
    }

    internal void Received(TogetherAIResponseInfo response) => Response = response;

    internal void Completed(TogetherAICallSummary summary)
    {
        // Of a call that was never sent, nothing else is to be told.
        Response = summary.Response;
        Summary = summary;
    }
}
