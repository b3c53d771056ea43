using System.Net;
using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>A retry that is about to be made, told by <see cref="TogetherAIRequestOptions.Retrying"/>.</summary>
public sealed class TogetherAIRetryInfo
{
    /// <summary>How often the request has been sent so far, at least once.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>The wait before the next attempt.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The HTTP status of the last attempt; null where it got no response.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>Why the last attempt got no response, with secrets masked; null where it got one.</summary>
    public Exception? Failure { get; init; }

    internal static TogetherAIRetryInfo Of(CallAttempts attempts, TimeSpan wait, Exception? failure) => new()
    {
        Attempts = attempts.Count,
        Delay = wait,
        StatusCode = failure is null ? attempts.LastStatus : null,
        Failure = attempts.Secrets.Masked(failure),
    };
}
