using System.Net;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>The information in the headers of a successful response.</summary>
public sealed class TogetherAIResponseInfo
{
    /// <summary>Gets the request; null in objects that were not created by the client.</summary>
    public TogetherAIRequestInfo? Request { get; init; }

    /// <summary>Gets the HTTP status code.</summary>
    public HttpStatusCode StatusCode { get; init; } = HttpStatusCode.OK;

    /// <summary>Gets the server's ID of the request (<c>x-request-id</c>, otherwise <c>cf-ray</c>), or null.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets the <c>Content-Type</c> as the server sent it, including parameters, or null.</summary>
    public string? ContentType { get; init; }

    /// <summary>
    /// Gets the headers of the response by name (case-insensitive), with multiple values joined by commas. <c>Set-Cookie</c> and
    /// authentication headers are omitted, and secrets are masked.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = FailureDetails.NoHeaders;

    /// <summary>Gets the state of the caller's rate limit; values that the server did not send are null.</summary>
    public TogetherAIRateLimit RateLimit { get; init; } = new();

    /// <summary>Gets the number of attempts, 1 without retries.</summary>
    public int Attempts { get; init; } = 1;

    internal static TogetherAIResponseInfo Read(ApiResponse response) => new()
    {
        Request = TogetherAIRequestInfo.Of(response),
        StatusCode = response.Message.StatusCode,
        RequestId = response.Settings.Client.Profile.RequestId(response.Message) is { } id ? response.Secrets.Hide(id) : null,
        ContentType = ResponseHeaders.ContentType(response.Message) is { } type ? response.Secrets.Hide(type) : null,
        Headers = response.Secrets.Hide(ResponseHeaders.All(response.Message)),
        RateLimit = response.Settings.Client.Profile.RateLimit(response.Message),
        Attempts = response.Attempts,
    };
}
