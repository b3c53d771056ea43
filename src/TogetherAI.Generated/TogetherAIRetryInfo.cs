using System.Net;
using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>Information about a retry, passed to <see cref="TogetherAIRequestOptions.Retrying"/> before the retry.</summary>
public sealed class TogetherAIRetryInfo
{
    /// <summary>Gets the request; null in objects that were not created by the client.</summary>
    public TogetherAIRequestInfo? Request { get; init; }

    /// <summary>Gets the number of attempts so far, at least 1.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Gets the wait before the next attempt.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Gets the HTTP status code of the last attempt, or null if there was no response.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>Gets the exception of the last attempt, with secrets masked, or null if there was a response.</summary>
    public Exception? Failure { get; init; }

    internal static TogetherAIRetryInfo Of(CallAttempts attempts, TimeSpan wait, Exception? failure) => new()
    {
        Request = TogetherAIRequestInfo.Of(attempts),
        Attempts = attempts.Count,
        Delay = wait,
        StatusCode = failure is null ? attempts.LastStatus : null,
        Failure = attempts.Secrets.Masked(failure),
    };
}
