namespace TogetherAI;

/// <summary>Specifies the phases of a call that have a timeout.</summary>
public enum TogetherAITimeoutPhase
{
    /// <summary>Waiting for the response headers, including connecting and retries; see <see cref="TogetherAIOptions.Timeout"/>.</summary>
    ResponseHeaders,

    /// <summary>Reading the body of a whole response; see <see cref="TogetherAIOptions.Timeout"/>.</summary>
    ResponseBody,

    /// <summary>Waiting for the first event of a stream; see <see cref="TogetherAIOptions.FirstEventTimeout"/>.</summary>
    FirstEvent,

    /// <summary>Waiting for the next bytes of a stream; see <see cref="TogetherAIOptions.StreamIdleTimeout"/>.</summary>
    StreamSilence,

    /// <summary>
    /// Any phase, ended by the <see cref="System.Net.Http.HttpClient.Timeout"/> of the <see cref="System.Net.Http.HttpClient"/> that the caller
    /// supplied.
    /// </summary>
    HttpClientTimeout,

    /// <summary>Waiting for the end of a job; see <see cref="TogetherAIWaitOptions.Timeout"/>.</summary>
    Job,
}
