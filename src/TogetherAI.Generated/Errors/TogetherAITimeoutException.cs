using TogetherAI.Runtime.Errors;


namespace TogetherAI;

/// <summary>The server took longer than the call allows. Which wait it was stands in <see cref="Phase"/>.</summary>
public sealed class TogetherAITimeoutException : TogetherAIException
{
    /// <summary>Makes a failure, for what stands in for a client in a test. An initializer sets the properties.</summary>
    /// <param name="message">What went wrong, and what to do.</param>
    /// <param name="phase">What the call was waiting for.</param>
    /// <param name="limit">The limit that ran out.</param>
    /// <param name="eventsReceived">Events of the stream that had been delivered by then.</param>
    /// <param name="innerException">What caused it; null where nothing did.</param>
    public TogetherAITimeoutException(
        string message,
        TogetherAITimeoutPhase phase,
        TimeSpan limit,
        int eventsReceived = 0,
        Exception? innerException = null)
        : this(message, phase, limit, eventsReceived, FailureDetails.None, innerException)
    {
    }

    internal TogetherAITimeoutException(
        string message,
        TogetherAITimeoutPhase phase,
        TimeSpan limit,
        int eventsReceived,
        FailureDetails details,
        Exception? innerException = null)
        : base(message, details, innerException)
    {
        Phase = phase;
        Limit = limit;
        EventsReceived = eventsReceived;
    }

    /// <summary>What the call was waiting for.</summary>
    public TogetherAITimeoutPhase Phase { get; }

    /// <summary>The limit that ran out.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Events of the stream that had been delivered by then.</summary>
    public int EventsReceived { get; }

    /// <summary>Bytes of the stream that had been read by then, after decompression.</summary>
    public long BytesReceived { get; init; }
}
