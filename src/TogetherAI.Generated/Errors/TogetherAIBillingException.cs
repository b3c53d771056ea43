using TogetherAI.Runtime.Errors;


namespace TogetherAI;

/// <summary>The account's spending limit is reached (HTTP 402).</summary>
public sealed class TogetherAIBillingException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIBillingException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal TogetherAIBillingException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
