using TogetherAI.Runtime.Errors;

namespace TogetherAI;

/// <summary>The exception that is thrown if a timeout of a call elapses. <see cref="Phase"/> identifies the timeout.</summary>
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

    /// <summary>Initializes a new instance, for example for a mock in a test. Use an object initializer to set the properties.</summary>
    /// <param name="message">The failure and its remedy.</param>
    /// <param name="phase">The phase of the call in which the timeout elapsed.</param>
    /// <param name="limit">The timeout that elapsed.</param>
    /// <param name="eventsReceived">The number of stream events that had been delivered.</param>
    /// <param name="innerException">The cause of the failure, or null.</param>
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

    /// <summary>Gets the phase of the call in which the timeout elapsed.</summary>
    public TogetherAITimeoutPhase Phase { get; init; }

    /// <summary>Gets the timeout that elapsed.</summary>
    public TimeSpan Limit { get; init; }

    /// <summary>Gets the number of stream events that had been delivered.</summary>
    public int EventsReceived { get; init; }

    /// <summary>Gets the number of stream bytes that had been read, after decompression.</summary>
    public long BytesReceived { get; init; }
}
