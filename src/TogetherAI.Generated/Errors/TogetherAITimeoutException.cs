namespace TogetherAI;

/// <summary>The server took longer than the call allows. Which wait it was stands in <see cref="Phase"/>.</summary>
public sealed class TogetherAITimeoutException : TogetherAIException
{
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
}
