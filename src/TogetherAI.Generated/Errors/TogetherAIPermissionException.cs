namespace TogetherAI;

/// <summary>The key may not do this (HTTP 403).</summary>
public sealed class TogetherAIPermissionException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIPermissionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal TogetherAIPermissionException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
