namespace TogetherAI;

public partial interface ITogetherAIFineTuningClient
{
    /// <summary>Waits for the end of a job, and returns its events as they occur.</summary>
    /// <remarks>The job and its events are polled. Each event is returned once, in the order of the server's list.</remarks>
    /// <param name="id">The ID of the job.</param>
    /// <param name="wait">The polling interval and the timeout; null for the defaults, without a timeout.</param>
    /// <param name="options">The options of each call; null for those of the client.</param>
    /// <param name="cancellationToken">The token to cancel waiting. The job itself is not cancelled.</param>
    /// <returns>The events, from the beginning of the job until its end.</returns>
    /// <exception cref="TogetherAIJobException">The job failed or was cancelled; thrown after its events.</exception>
    /// <exception cref="TogetherAITimeoutException">The timeout of <paramref name="wait"/> elapsed before the job ended.</exception>
    /// <exception cref="TogetherAIException">A call failed; the subclasses identify the kind of failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    IAsyncEnumerable<FineTuningEvent> WaitForEventsAsync(
        string id,
        TogetherAIWaitOptions? wait = null,
        TogetherAIRequestOptions? options = null,
        CancellationToken cancellationToken = default);
}
