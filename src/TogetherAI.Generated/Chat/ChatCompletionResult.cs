namespace TogetherAI;

/// <summary>A value that a model returned, with the whole response.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class ChatCompletionResult<T>
{
    /// <summary>Initializes a new instance, for example for a mock in a test.</summary>
    /// <param name="value">The value.</param>
    /// <param name="response">The response.</param>
    public ChatCompletionResult(T value, ChatCompletionResponse response)
    {
        Value = value;
        Response = response ?? throw new ArgumentNullException(nameof(response));
    }

    /// <summary>Gets the value of the choice with the lowest index.</summary>
    public T Value { get; }

    /// <summary>Gets the whole response, with token usage and reasoning.</summary>
    public ChatCompletionResponse Response { get; }
}
