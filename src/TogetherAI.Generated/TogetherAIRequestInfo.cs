using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>Information about a request, without its content.</summary>
public sealed class TogetherAIRequestInfo
{
    /// <summary>Gets the HTTP method.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>Gets the URL, without user information and query, and with secrets masked.</summary>
    public string Url { get; init; } = "";

    /// <summary>Gets the number of attempts, including this one; 0 if nothing was sent.</summary>
    public int Attempts { get; init; }

    internal static TogetherAIRequestInfo Of(CallAttempts attempts)
        => new() { Method = attempts.Method, Url = attempts.PublicUrl, Attempts = attempts.Count };

    internal static TogetherAIRequestInfo Of(ApiResponse response)
        => new() { Method = response.Method, Url = response.PublicUrl, Attempts = response.Attempts };

    internal static TogetherAIRequestInfo Of(CallRecord record)
        => new() { Method = record.Method, Url = record.PublicUrl, Attempts = record.Attempts };
}
