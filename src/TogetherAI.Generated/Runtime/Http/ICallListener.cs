namespace TogetherAI.Runtime.Http;

/// <summary>Who is told what happens in a call: of each attempt and retry, of the response, and of the end.</summary>
internal interface ICallListener
{
    /// <summary>Called before each attempt, when nothing of it has been sent.</summary>
    void OnSending(CallAttempts attempts);

    /// <summary>Called once for a call that succeeds, as soon as the response headers are there.</summary>
    void OnResponse(ApiResponse response);

    /// <summary>Called before each retry.</summary>
    /// <param name="attempts">The attempts so far.</param>
    /// <param name="wait">The wait before the next.</param>
    /// <param name="failure">What the last one ended with; null where it got a response.</param>
    void OnRetry(CallAttempts attempts, TimeSpan wait, Exception? failure);

    /// <summary>Called once when the call has ended; null where nobody asks for a record of it.</summary>
    Action<CallRecord>? Ended { get; }
}
