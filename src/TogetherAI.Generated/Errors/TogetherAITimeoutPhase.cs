namespace TogetherAI;

/// <summary>The waits of a call, each with a limit of its own.</summary>
public enum TogetherAITimeoutPhase
{
    /// <summary>For the response headers, connecting and retries included; see <see cref="TogetherAIOptions.Timeout"/>.</summary>
    ResponseHeaders,

    /// <summary>For the rest of a whole response; see <see cref="TogetherAIOptions.Timeout"/>.</summary>
    ResponseBody,

    /// <summary>For the first event of a stream; see <see cref="TogetherAIOptions.FirstEventTimeout"/>.</summary>
    FirstEvent,

    /// <summary>Between the bytes of a stream; see <see cref="TogetherAIOptions.StreamIdleTimeout"/>.</summary>
    StreamSilence,

    /// <summary>
    /// Any of them, cut short by the <see cref="System.Net.Http.HttpClient.Timeout"/> of the HTTP stack that the caller
    /// supplied.
    /// </summary>
    HttpClientTimeout,

    /// <summary>For the end of a job; see <see cref="TogetherAIWaitOptions.Timeout"/>.</summary>
    Job,
}
