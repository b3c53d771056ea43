using TogetherAI.Runtime.Errors;


namespace TogetherAI;

/// <summary>The key is missing or not valid (HTTP 401), or none is configured.</summary>
public sealed class TogetherAIAuthenticationException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIAuthenticationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal TogetherAIAuthenticationException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
