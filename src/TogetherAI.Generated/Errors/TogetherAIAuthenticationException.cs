namespace TogetherAI;

/// <summary>The key is missing or not valid (HTTP 401), or none is configured.</summary>
public sealed class TogetherAIAuthenticationException : TogetherAIException
{
    internal TogetherAIAuthenticationException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
