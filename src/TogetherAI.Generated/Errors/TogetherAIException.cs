using System.Net;
using TogetherAI.Runtime.Errors;

namespace TogetherAI;

/// <summary>
/// A call failed. The subclasses name what callers treat apart; this class itself is thrown for any other failure that
/// the server reported.
/// </summary>
/// <remarks>The message is one line that a person can act on. It never holds a key, a request, or a response body.</remarks>
public class TogetherAIException : Exception
{
    /// <summary>Initializes a failure with a general message, for example for a mock of a client in a test.</summary>
    public TogetherAIException()
        : this("The call failed.")
    {
    }

    /// <summary>
    /// Initializes a failure, for example for a mock of a client in a test. Its properties have the values of a request that
    /// was never sent; an initializer sets others.
    /// </summary>
    /// <param name="message">What went wrong, and what to do.</param>
    public TogetherAIException(string message)
        : this(message, FailureDetails.None)
    {
    }

    /// <summary>Initializes a failure that has a cause; otherwise as the constructor that takes only a message.</summary>
    /// <param name="message">What went wrong, and what to do.</param>
    /// <param name="innerException">What caused it; null where nothing did.</param>
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
        ResponseBody = details.Hide(details.Body);
        IsResponseBodyTruncated = details.IsBodyTruncated;
        Headers = details.Hide(details.Headers);
        IsTransient = details.IsTransient;
    }

    /// <summary>The HTTP status, or null where no response came.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>The server's sentence about the failure, or null where it sent none.</summary>
    public string? ServerMessage { get; init; }

    /// <summary>The server's word for the kind of failure, such as <c>invalid_request_error</c>; other values are possible.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The server's code for the failure, such as <c>invalid_api_key</c>; numbers are given as text.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The request field that the server complains about.</summary>
    public string? Parameter { get; init; }

    /// <summary>The server's id of the request; quote it to Together's support.</summary>
    public string? RequestId { get; init; }

    /// <summary>
    /// How long the server asks to wait before another attempt: its <c>Retry-After</c>, or for a 429 without one
    /// <c>x-ratelimit-reset</c>; null where it asks for none.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The state of the caller's rate limit, or null where no response came.</summary>
    public TogetherAIRateLimit? RateLimit { get; init; }

    /// <summary>How often the request was sent; 0 where it never left.</summary>
    public int Attempts { get; init; }

    /// <summary>Text of the response that reported the failure, up to <see cref="TogetherAIOptions.MaxErrorResponseBytes"/>; null where there was none.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>Whether <see cref="ResponseBody"/> is only the beginning of what the server sent.</summary>
    public bool IsResponseBodyTruncated { get; init; }

    /// <summary>
    /// Gets the headers of the response by their names, in any case, with several values joined by a comma; empty where no
    /// response came. <c>Set-Cookie</c> and headers about authentication are left out, and secrets are masked.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = FailureDetails.NoHeaders;

    /// <summary>
    /// Gets whether the same call may well succeed later: the connection failed, a timeout elapsed, or the server was
    /// overloaded or over a rate limit. It does not say that the server has not acted on the request.
    /// </summary>
    public bool IsTransient { get; init; }
}
