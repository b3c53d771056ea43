using TogetherAI.Runtime.Errors;

namespace TogetherAI;

/// <summary>The exception that is thrown if a job ends without a result, because it failed or was cancelled.</summary>
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

    /// <summary>Gets the final status of the job, such as <c>failed</c>; other values are possible.</summary>
    public string? Status { get; init; }
}
