using TogetherAI.Runtime.Errors;

namespace TogetherAI;

/// <summary>A job that was waited for ended without a result: it failed, or was cancelled.</summary>
public sealed class TogetherAIJobException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException()"/>
    public TogetherAIJobException()
        : this("The job failed.")
    {
    }

    /// <inheritdoc cref="TogetherAIException(string)"/>
    public TogetherAIJobException(string message)
        : this(message, FailureDetails.None)
    {
    }

    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIJobException(string message, Exception? innerException)
        : this(message, FailureDetails.None, innerException)
    {
    }

    internal TogetherAIJobException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }

    /// <summary>The status with which the job ended, such as <c>failed</c>; other values are possible.</summary>
    public string? Status { get; init; }
}
