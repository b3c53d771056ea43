using TogetherAI.Runtime.Errors;


namespace TogetherAI;

/// <summary>No such model, id or address (HTTP 404).</summary>
public sealed class TogetherAINotFoundException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAINotFoundException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal TogetherAINotFoundException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
