using TogetherAI.Runtime.Errors;

namespace TogetherAI;

/// <summary>A stream failed after it had begun. The events before the failure have been delivered.</summary>
public sealed class TogetherAIStreamException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException()"/>
    public TogetherAIStreamException()
        : this("The stream failed.")
    {
    }

    /// <inheritdoc cref="TogetherAIException(string)"/>
    public TogetherAIStreamException(string message)
        : this(message, innerException: null)
    {
    }

    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIStreamException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes a failure, for a mock of a client in a test. An initializer sets the properties.</summary>
    /// <param name="message">What went wrong, and what to do.</param>
    /// <param name="failure">What went wrong, for programs.</param>
    /// <param name="eventsReceived">Events that were delivered before.</param>
    /// <param name="innerException">What caused it; null where nothing did.</param>
    public TogetherAIStreamException(
        string message,
        TogetherAIStreamFailure failure,
        int eventsReceived = 0,
        Exception? innerException = null)
        : this(message, failure, eventsReceived, FailureDetails.None, innerException)
    {
    }

    internal TogetherAIStreamException(
        string message,
        TogetherAIStreamFailure failure,
        int eventsReceived,
        FailureDetails details,
        Exception? innerException = null)
        : base(message, details, innerException)
    {
        Failure = failure;
        IsTransient = failure is TogetherAIStreamFailure.ConnectionLost or TogetherAIStreamFailure.Incomplete
            || (failure == TogetherAIStreamFailure.ServerError && details.IsTransient);
        EventsReceived = eventsReceived;
    }

    /// <summary>What went wrong.</summary>
    public TogetherAIStreamFailure Failure { get; init; }

    /// <summary>Events that were delivered before the failure.</summary>
    public int EventsReceived { get; init; }

    /// <summary>
    /// Bytes of the stream that had been read before the failure, after decompression; the last of them need not have been
    /// delivered as events.
    /// </summary>
    public long BytesReceived { get; init; }
}
