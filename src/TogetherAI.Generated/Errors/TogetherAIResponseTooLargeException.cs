using TogetherAI.Runtime.Errors;

namespace TogetherAI;

/// <summary>The server sent a whole response that is larger than the client reads into memory.</summary>
/// <remarks>
/// The limit is <see cref="TogetherAIOptions.MaxResponseBytes"/>, or
/// <see cref="System.Net.Http.HttpClient.MaxResponseContentBufferSize"/> where that is lower; the message names it.
/// </remarks>
public sealed class TogetherAIResponseTooLargeException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException()"/>
    public TogetherAIResponseTooLargeException()
        : this("The response is too large.")
    {
    }

    /// <inheritdoc cref="TogetherAIException(string)"/>
    public TogetherAIResponseTooLargeException(string message)
        : this(message, innerException: null)
    {
    }

    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIResponseTooLargeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes a failure, for a mock of a client in a test. An initializer sets the properties.</summary>
    /// <param name="message">What went wrong, and what to do.</param>
    /// <param name="limit">The limit in bytes, after decompression.</param>
    /// <param name="innerException">What caused it; null where nothing did.</param>
    public TogetherAIResponseTooLargeException(string message, long limit, Exception? innerException = null)
        : this(message, limit, FailureDetails.None, innerException)
    {
    }

    internal TogetherAIResponseTooLargeException(string message, long limit, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
        => Limit = limit;

    /// <summary>The limit in bytes, after decompression.</summary>
    public long Limit { get; init; }
}
