namespace TogetherAI;

public sealed partial class ChatCompletionToolChoice
{
    /// <summary>The model decides.</summary>
    public static ChatCompletionToolChoice Auto { get; } = FromMode("auto");

    /// <summary>The model calls no tool.</summary>
    public static ChatCompletionToolChoice None { get; } = FromMode("none");

    /// <summary>The model calls at least one tool.</summary>
    public static ChatCompletionToolChoice Required { get; } = FromMode("required");

    /// <summary>The model calls this function.</summary>
    /// <param name="name">The name of the function.</param>
    public static ChatCompletionToolChoice FromFunction(string name) => FromTool(new()
    {
        Type = ChatCompletionToolType.Function,
        Function = new ChatCompletionNamedFunction { Name = name },
    });
}
