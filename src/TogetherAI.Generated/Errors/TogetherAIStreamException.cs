using TogetherAI.Runtime.Errors;

namespace TogetherAI;

/// <summary>The exception that is thrown if a stream fails after it has started. The events before the failure have been delivered.</summary>
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

    /// <summary>Initializes a new instance, for example for a mock in a test. Use an object initializer to set the properties.</summary>
    /// <param name="message">The failure and its remedy.</param>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="eventsReceived">The number of events that were delivered before the failure.</param>
    /// <param name="innerException">The cause of the failure, or null.</param>
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

    /// <summary>Gets the kind of failure.</summary>
    public TogetherAIStreamFailure Failure { get; init; }

    /// <summary>Gets the number of events that were delivered before the failure.</summary>
    public int EventsReceived { get; init; }

    /// <summary>
    /// Gets the number of bytes that were read before the failure, after decompression. The last of them may not have been
    /// delivered as events.
    /// </summary>
    public long BytesReceived { get; init; }
}
