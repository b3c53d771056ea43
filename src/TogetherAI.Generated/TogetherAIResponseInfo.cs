using System.Net;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>What the headers of a successful response say.</summary>
public sealed class TogetherAIResponseInfo
{
    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode { get; init; } = HttpStatusCode.OK;

    /// <summary>The server's id of the request (<c>x-request-id</c>, otherwise <c>cf-ray</c>); null where it sent none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The <c>Content-Type</c> as the server sent it, parameters included; null where it sent none.</summary>
    public string? ContentType { get; init; }

    /// <inheritdoc cref="TogetherAIException.Headers"/>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = FailureDetails.NoHeaders;

    /// <summary>The state of the caller's rate limit; its values are null where the server said nothing.</summary>
    public TogetherAIRateLimit RateLimit { get; init; } = new();

    /// <summary>How often the request was sent, 1 without a retry.</summary>
    public int Attempts { get; init; } = 1;

    internal static TogetherAIResponseInfo Read(ApiResponse response) => new()
    {
        StatusCode = response.Message.StatusCode,
        RequestId = response.Settings.Client.Profile.RequestId(response.Message) is { } id ? response.Secrets.Hide(id) : null,
        ContentType = ResponseHeaders.ContentType(response.Message) is { } type ? response.Secrets.Hide(type) : null,
        Headers = response.Secrets.Hide(ResponseHeaders.All(response.Message)),
        RateLimit = response.Settings.Client.Profile.RateLimit(response.Message),
        Attempts = response.Attempts,
    };
}
