using TogetherAI.Runtime.Errors;


namespace TogetherAI;

/// <summary>The caller went over its rate limit (HTTP 429), also after all retries.</summary>
public sealed class TogetherAIRateLimitException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIRateLimitException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal TogetherAIRateLimitException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
