namespace TogetherAI;

/// <summary>No connection, or it broke before a whole response had come: name resolution, refusal, TLS, reset.</summary>
public sealed class TogetherAIConnectionException : TogetherAIException
{
    internal TogetherAIConnectionException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
