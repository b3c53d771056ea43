namespace TogetherAI;

/// <summary>
/// The exception that is thrown if a complete response does not contain a value of the requested type: it was cut off, refused or filtered, it has tool
/// calls instead, or its text is not JSON of that type.
/// </summary>
public sealed class TogetherAIStructuredOutputException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException()"/>
    public TogetherAIStructuredOutputException()
        : this("The response does not contain a value of the requested type.")
    {
    }

    /// <inheritdoc cref="TogetherAIException(string)"/>
    public TogetherAIStructuredOutputException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIStructuredOutputException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the response, with all that the model returned; null only if the exception was created without one.</summary>
    public ChatCompletionResponse? Response { get; init; }

    /// <summary>Gets the reason why generation ended, such as <c>length</c>; null if the server sent none.</summary>
    public FinishReason? FinishReason { get; init; }
}
