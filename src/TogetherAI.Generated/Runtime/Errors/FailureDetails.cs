using System.Net;

namespace TogetherAI.Runtime.Errors;

/// <summary>The facts about a failed call that every exception carries, as they came; the exception masks them.</summary>
internal sealed class FailureDetails
{
    public static FailureDetails None { get; } = new();

    /// <summary>The secrets of the call; null where nobody entrusted any.</summary>
    public Secrets? Secrets { get; init; }

    public HttpStatusCode? StatusCode { get; init; }

    public string? RequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public TogetherAIRateLimit? RateLimit { get; init; }

    public int Attempts { get; init; }

    /// <summary>Whether it is open, and matters, if the server has done what it was asked.</summary>
    public bool MayHaveActed { get; init; }

    public ServerError? Error { get; init; }

    public string? Body { get; init; }

    public bool IsBodyTruncated { get; init; }

    public static FailureDetails NoResponse(int attempts, Secrets secrets) => new() { Attempts = attempts, Secrets = secrets };

    public static FailureDetails From(
        HttpResponseMessage response,
        ServiceProfile profile,
        Secrets secrets,
        DateTimeOffset now,
        int attempts,
        ServerError? error = null,
        string? body = null,
        bool isBodyTruncated = false,
        bool mayHaveActed = false) => new()
        {
            Secrets = secrets,
            StatusCode = response.StatusCode,
            RequestId = profile.RequestId(response),
            RetryAfter = response.IsSuccessStatusCode ? null : ResponseHeaders.RetryAfter(response, profile, now),
            RateLimit = profile.RateLimit(response),
            Attempts = attempts,
            MayHaveActed = mayHaveActed,
            Error = error,
            Body = body,
            IsBodyTruncated = isBodyTruncated,
        };

    /// <summary>The text with the secrets of the call masked.</summary>
    public string? Hide(string? text) => text is null || Secrets is null ? text : Secrets.Hide(text);

    /// <summary>The cause as an exception may carry it.</summary>
    public Exception? Presentable(Exception? cause) => Secrets is null ? cause : Secrets.Presentable(cause);
}
