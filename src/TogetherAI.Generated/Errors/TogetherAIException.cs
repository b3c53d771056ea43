using System.Net;
using TogetherAI.Runtime.Errors;

namespace TogetherAI;

/// <summary>
/// The exception that is thrown if a call fails. The subclasses identify the kind of failure; this class itself is thrown for any other failure that
/// the server reported.
/// </summary>
/// <remarks>The message is a single line with a remedy. It never contains an API key, a request or a response body.</remarks>
public class TogetherAIException : Exception
{
    /// <summary>Initializes a new instance with a general message, for example for a mock in a test.</summary>
    public TogetherAIException()
        : this("The call failed.")
    {
    }

    /// <summary>
    /// Initializes a new instance, for example for a mock in a test. Its properties have the values of a request that
    /// was never sent; use an object initializer to set others.
    /// </summary>
    /// <param name="message">The failure and its remedy.</param>
    public TogetherAIException(string message)
        : this(message, FailureDetails.None)
    {
    }

    /// <summary>Initializes a new instance with an inner exception, and otherwise like the constructor with only a message.</summary>
    /// <param name="message">The failure and its remedy.</param>
    /// <param name="innerException">The cause of the failure, or null.</param>
    public TogetherAIException(string message, Exception? innerException)
        : this(message, FailureDetails.None, innerException)
    {
    }

    internal TogetherAIException(string message, FailureDetails details, Exception? innerException = null)
        : base(details.Hide(message), details.Masked(innerException))
    {
        StatusCode = details.StatusCode;
        RequestId = details.Hide(details.RequestId ?? details.Error?.RequestId);
        RetryAfter = details.RetryAfter;
        RateLimit = details.RateLimit;
        Attempts = details.Attempts;
        ServerMessage = details.Hide(details.Error?.Message);
        ErrorType = details.Hide(details.Error?.Type);
        ErrorCode = details.Hide(details.Error?.Code);
        Parameter = details.Hide(details.Error?.Parameter);
        ResponseBody = details.Hide(details.Body?.Text);
        ResponseBodyBytes = details.MaskedBytes;
        IsResponseBodyTruncated = details.Body?.IsTruncated == true;
        Headers = details.Hide(details.Headers);
        IsTransient = details.IsTransient;
    }

    /// <summary>Gets the HTTP status code, or null if there was no response.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>Gets the server's error message, or null if it sent none.</summary>
    public string? ServerMessage { get; init; }

    /// <summary>Gets the server's error type, such as <c>invalid_request_error</c>; other values are possible.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Gets the server's error code, such as <c>invalid_api_key</c>; a number is converted to a string.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets the request field that caused the error, if the server reported it.</summary>
    public string? Parameter { get; init; }

    /// <summary>Gets the server's ID of the request. Include it when you contact Together's support.</summary>
    public string? RequestId { get; init; }

    /// <summary>
    /// Gets how long the server asks to wait before another attempt: its <c>Retry-After</c>, or for a 429 without one
    /// <c>x-ratelimit-reset</c>; null if it does not ask to wait.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets the state of the caller's rate limit, or null if there was no response.</summary>
    public TogetherAIRateLimit? RateLimit { get; init; }

    /// <summary>Gets the number of attempts; 0 if the request was never sent.</summary>
    public int Attempts { get; init; }

    /// <summary>Gets the text of the error response, up to <see cref="TogetherAIOptions.MaxErrorResponseBytes"/>, or null if there was none.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>
    /// Gets the bytes of <see cref="ResponseBody"/>, without content encoding, for example to relay them; empty if there was no
    /// error response. Secrets are masked, and all other bytes are those of the server.
    /// </summary>
    public ReadOnlyMemory<byte> ResponseBodyBytes { get; init; }

    /// <summary>Gets whether <see cref="ResponseBody"/> and <see cref="ResponseBodyBytes"/> are truncated.</summary>
    public bool IsResponseBodyTruncated { get; init; }

    /// <summary>
    /// Gets headers of the response by name (case-insensitive), with multiple values joined by commas; empty if no response was
    /// received. Only headers that are known to be safe to log are included: request IDs, rate limits, <c>Retry-After</c>,
    /// <c>Content-Type</c>, <c>Server-Timing</c>, and those that identify servers, versions and times. Secrets are masked.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = FailureDetails.NoHeaders;

    /// <summary>
    /// Gets whether the same call may succeed later: the connection failed, a timeout elapsed, or the server was
    /// overloaded or a rate limit was exceeded. The server may nevertheless have acted on the request.
    /// </summary>
    public bool IsTransient { get; init; }
}
