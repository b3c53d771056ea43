namespace TogetherAI;

/// <summary>The account's spending limit is reached (HTTP 402).</summary>
public sealed class TogetherAIBillingException : TogetherAIException
{
    internal TogetherAIBillingException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
