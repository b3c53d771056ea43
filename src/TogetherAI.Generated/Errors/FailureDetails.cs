using System.Net;

namespace TogetherAI;

/// <summary>The facts about a failed call that every exception carries.</summary>
internal sealed class FailureDetails
{
    public static FailureDetails None { get; } = new();

    public HttpStatusCode? StatusCode { get; init; }

    public string? RequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public TogetherAIRateLimit? RateLimit { get; init; }

    public int Attempts { get; init; }

    public ServerError? Error { get; init; }

    public string? Body { get; init; }

    public bool IsBodyTruncated { get; init; }

    public static FailureDetails NoResponse(int attempts) => new() { Attempts = attempts };

    public static FailureDetails From(
        HttpResponseMessage response,
        DateTimeOffset now,
        int attempts,
        ServerError? error = null,
        string? body = null,
        bool isBodyTruncated = false) => new()
        {
            StatusCode = response.StatusCode,
            RequestId = ResponseHeaders.RequestId(response),
            RetryAfter = response.IsSuccessStatusCode ? null : ResponseHeaders.RetryAfter(response, now),
            RateLimit = TogetherAIRateLimit.Read(response),
            Attempts = attempts,
            Error = error,
            Body = body,
            IsBodyTruncated = isBodyTruncated,
        };
}
