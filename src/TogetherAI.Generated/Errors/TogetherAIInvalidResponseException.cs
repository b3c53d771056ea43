using TogetherAI.Runtime.Errors;


namespace TogetherAI;

/// <summary>The server answered with success, but what it sent is not what the document describes.</summary>
public sealed class TogetherAIInvalidResponseException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIInvalidResponseException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal TogetherAIInvalidResponseException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
