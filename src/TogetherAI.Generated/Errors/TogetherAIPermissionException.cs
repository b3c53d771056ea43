using TogetherAI.Runtime.Errors;


namespace TogetherAI;

/// <summary>
/// The server refuses the call (HTTP 403): the key may not do this, the prompt and <c>max_tokens</c> together exceed the
/// model's context, or a setting of the organization forbids it. <see cref="TogetherAIException.ErrorCode"/> and
/// <see cref="TogetherAIException.ServerMessage"/> tell which.
/// </summary>
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
