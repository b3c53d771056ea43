using TogetherAI.Runtime.Errors;


namespace TogetherAI;

/// <summary>The server or the model failed (HTTP 5xx), or a response with status 200 says that it did.</summary>
public sealed class TogetherAIServerException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIServerException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal TogetherAIServerException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
