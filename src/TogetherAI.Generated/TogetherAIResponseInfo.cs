using System.Net;

namespace TogetherAI;

/// <summary>What the headers of a successful response say.</summary>
public sealed class TogetherAIResponseInfo
{
    internal TogetherAIResponseInfo(HttpResponseMessage response, int attempts)
    {
        StatusCode = response.StatusCode;
        RequestId = ResponseHeaders.RequestId(response);
        RateLimit = TogetherAIRateLimit.Read(response);
        Attempts = attempts;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>The server's id of the request (<c>x-request-id</c>, else <c>cf-ray</c>); null where it sent none.</summary>
    public string? RequestId { get; }

    /// <summary>The state of the caller's rate limit; its values are null where the server said nothing.</summary>
    public TogetherAIRateLimit RateLimit { get; }

    /// <summary>How often the request was sent, 1 without a retry.</summary>
    public int Attempts { get; }
}
