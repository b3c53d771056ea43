namespace TogetherAI;

/// <summary>A stream failed after it had begun. The events before the failure have been delivered.</summary>
public sealed class TogetherAIStreamException : TogetherAIException
{
    internal TogetherAIStreamException(
        string message,
        TogetherAIStreamFailure failure,
        int eventsReceived,
        FailureDetails details,
        Exception? innerException = null)
        : base(message, details, innerException)
    {
        Failure = failure;
        EventsReceived = eventsReceived;
    }

    /// <summary>What went wrong.</summary>
    public TogetherAIStreamFailure Failure { get; }

    /// <summary>Events that were delivered before the failure.</summary>
    public int EventsReceived { get; }
}
