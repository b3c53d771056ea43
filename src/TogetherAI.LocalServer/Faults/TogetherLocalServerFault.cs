namespace TogetherAI.LocalServer;

/// <summary>
/// The ways in which a <see cref="TogetherLocalServer"/> fails on purpose. <see cref="RateLimit"/> and
/// <see cref="ServerError"/> meet any request; the others strike inside event streams, after one to eight events, and
/// leave other responses, and shorter streams, alone.
/// </summary>
public enum TogetherLocalServerFault
{
    /// <summary>The connection is reset in the middle of an event.</summary>
    Reset,

    /// <summary>The stream ends in an orderly way, but without its last events.</summary>
    Truncation,

    /// <summary>The stream is silent for <see cref="TogetherLocalServerFaults.StallTime"/>, and then goes on.</summary>
    Stall,

    /// <summary>The request is refused with status 429 and the headers of a rate limit.</summary>
    RateLimit,

    /// <summary>The request is refused with status 503.</summary>
    ServerError,

    /// <summary>The events come one byte at a time.</summary>
    SlowBytes,

    /// <summary>An event that is no JSON stands between the others.</summary>
    Garbage,

    /// <summary>An error is reported as an event, which is the last one.</summary>
    ErrorEvent,

    /// <summary>An event of <see cref="TogetherLocalServerFaults.OversizedEventBytes"/> stands between the others.</summary>
    OversizedEvent,
}
