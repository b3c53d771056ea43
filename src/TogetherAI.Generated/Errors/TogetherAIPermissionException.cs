namespace TogetherAI;

/// <summary>The key may not do this (HTTP 403).</summary>
public sealed class TogetherAIPermissionException : TogetherAIException
{
    internal TogetherAIPermissionException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
