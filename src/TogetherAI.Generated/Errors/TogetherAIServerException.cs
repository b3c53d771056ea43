namespace TogetherAI;

/// <summary>The server or the model failed (HTTP 5xx), or a response with status 200 says that it did.</summary>
public sealed class TogetherAIServerException : TogetherAIException
{
    internal TogetherAIServerException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
