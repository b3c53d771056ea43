using TogetherAI.Runtime.Errors;


namespace TogetherAI;

/// <summary>No connection, or it broke before a whole response had come: name resolution, refusal, TLS, reset.</summary>
public sealed class TogetherAIConnectionException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIConnectionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal TogetherAIConnectionException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
