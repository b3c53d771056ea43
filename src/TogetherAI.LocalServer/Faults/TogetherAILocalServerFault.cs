namespace TogetherAI.LocalServer;

/// <summary>
/// The ways in which a <see cref="TogetherAILocalServer"/> fails on purpose. <see cref="RateLimit"/>,
/// <see cref="ServerError"/>, <see cref="Authentication"/>, <see cref="Billing"/>, <see cref="Permission"/> and
/// <see cref="NotFound"/> meet any request; the others strike inside event streams, after one to eight events, and leave
/// other responses, and shorter streams, alone.
/// </summary>
public enum TogetherAILocalServerFault
{
    /// <summary>The connection is reset in the middle of an event.</summary>
    Reset,

    /// <summary>The stream ends in an orderly way, but without its last events.</summary>
    Truncation,

    /// <summary>The stream is silent for <see cref="TogetherAILocalServerFaults.StallTime"/>, and then goes on.</summary>
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

    /// <summary>An event of <see cref="TogetherAILocalServerFaults.OversizedEventBytes"/> stands between the others.</summary>
    OversizedEvent,

    /// <summary>The request is refused with status 401, as with a key that is not valid.</summary>
    Authentication,

    /// <summary>The request is refused with status 402, as where the account has no credit left.</summary>
    Billing,

    /// <summary>The request is refused with status 403, as where the key may not do this.</summary>
    Permission,

    /// <summary>The request is refused with status 404, as for a model that does not exist.</summary>
    NotFound,
}
