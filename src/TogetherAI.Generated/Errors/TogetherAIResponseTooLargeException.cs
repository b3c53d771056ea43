using TogetherAI.Runtime.Errors;

namespace TogetherAI;

/// <summary>The exception that is thrown if a whole response is larger than the client reads into memory.</summary>
/// <remarks>
/// The limit is <see cref="TogetherAIOptions.MaxResponseBytes"/>, or
/// <see cref="System.Net.Http.HttpClient.MaxResponseContentBufferSize"/> if that is lower; the message names it.
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

    /// <summary>Initializes a new instance, for example for a mock in a test. Use an object initializer to set the properties.</summary>
    /// <param name="message">The failure and its remedy.</param>
    /// <param name="limit">The limit in bytes, after decompression.</param>
    /// <param name="innerException">The cause of the failure, or null.</param>
    public TogetherAIResponseTooLargeException(string message, long limit, Exception? innerException = null)
        : this(message, limit, FailureDetails.None, innerException)
    {
    }

    internal TogetherAIResponseTooLargeException(string message, long limit, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
        => Limit = limit;

    /// <summary>Gets the limit in bytes, after decompression.</summary>
    public long Limit { get; init; }
}
