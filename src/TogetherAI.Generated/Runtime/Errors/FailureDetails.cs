using System.Net;

namespace TogetherAI.Runtime.Errors;

/// <summary>The facts about a failed call that every exception carries, as they came; the exception masks them.</summary>
internal sealed class FailureDetails
{
    private static readonly string[] TransientWords = ["overloaded", "rate_limit", "server_error", "timeout", "unavailable"];

    public static IReadOnlyDictionary<string, string> NoHeaders { get; } = new Dictionary<string, string>();

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

    /// <summary>The headers of the response that an exception may carry.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

    /// <summary>Whether the same call may well succeed later.</summary>
    public bool IsTransient { get; init; }

    public ServerError? Error { get; init; }

    public ErrorBody? Body { get; init; }

    /// <summary>The bytes of the body with the secrets of the call masked.</summary>
    public ReadOnlyMemory<byte> MaskedBytes => Body is null ? default : Secrets is null ? Body.Bytes : Body.Masked(Secrets);

    public static FailureDetails NoResponse(int attempts, Secrets secrets) => new() { Attempts = attempts, Secrets = secrets };

    public static FailureDetails From(
        HttpResponseMessage response,
        ServiceProfile profile,
        Secrets secrets,
        DateTimeOffset now,
        int attempts,
        ServerError? error = null,
        ErrorBody? body = null,
        bool mayHaveActed = false) => new()
        {
            Secrets = secrets,
            StatusCode = response.StatusCode,
            RequestId = profile.RequestId(response),
            RetryAfter = response.IsSuccessStatusCode ? null : ResponseHeaders.RetryAfter(response, profile, now),
            RateLimit = profile.RateLimit(response),
            Headers = ResponseHeaders.Known(response, profile.ErrorHeaders),
            IsTransient = (IsTransientStatus((int)response.StatusCode) || (response.IsSuccessStatusCode && SaysTransient(error))) && !profile.IsFinal(error),
            Attempts = attempts,
            MayHaveActed = mayHaveActed,
            Error = error,
            Body = body,
        };

    /// <summary>The text with the secrets of the call masked.</summary>
    public string? Hide(string? text) => text is null || Secrets is null ? text : Secrets.Hide(text);

    /// <summary>The headers with the secrets of the call masked.</summary>
    public IReadOnlyDictionary<string, string> Hide(IReadOnlyDictionary<string, string> headers) => Secrets is null ? headers : Secrets.Hide(headers);

    /// <summary>The cause as an exception may carry it.</summary>
    public Exception? Masked(Exception? cause) => Secrets is null ? cause : Secrets.Masked(cause);

    private static bool IsTransientStatus(int status) => status is 408 or 429 or >= 500;

    // Of a failure that came with a status of success: its code may be the status that it would have had.
    private static bool SaysTransient(ServerError? error)
        => (int.TryParse(error?.Code, out var status) && IsTransientStatus(status))
        || new[] { error?.Code, error?.Type }.Any(static word => word is not null && Array.Exists(TransientWords, known => word.IndexOf(known, StringComparison.OrdinalIgnoreCase) >= 0));
}
