using TogetherAI.Runtime.Errors;

namespace TogetherAI;

/// <summary>The server took longer than the call allows. Which wait it was stands in <see cref="Phase"/>.</summary>
public sealed class TogetherAITimeoutException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException()"/>
    public TogetherAITimeoutException()
        : this("The timeout elapsed.")
    {
    }

    /// <inheritdoc cref="TogetherAIException(string)"/>
    public TogetherAITimeoutException(string message)
        : this(message, innerException: null)
    {
    }

    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAITimeoutException(string message, Exception? innerException)
        : base(message, innerException)
        => IsTransient = true;

    /// <summary>Makes a failure, for a mock of a client in a test. An initializer sets the properties.</summary>
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
        IsTransient = true;
        Limit = limit;
        EventsReceived = eventsReceived;
    }

    /// <summary>What the call was waiting for.</summary>
    public TogetherAITimeoutPhase Phase { get; init; }

    /// <summary>The limit that ran out.</summary>
    public TimeSpan Limit { get; init; }

    /// <summary>Events of the stream that had been delivered by then.</summary>
    public int EventsReceived { get; init; }

    /// <summary>Bytes of the stream that had been read by then, after decompression.</summary>
    public long BytesReceived { get; init; }
}
