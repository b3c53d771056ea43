using TogetherAI.Runtime.Errors;


namespace TogetherAI;

/// <summary>The server rejects the request itself (HTTP 400, 413, 415, 422); sending it again does not help.</summary>
public sealed class TogetherAIInvalidRequestException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIInvalidRequestException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal TogetherAIInvalidRequestException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
