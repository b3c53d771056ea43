namespace TogetherAI;

/// <summary>No such model, id or address (HTTP 404).</summary>
public sealed class TogetherAINotFoundException : TogetherAIException
{
    internal TogetherAINotFoundException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
