namespace TogetherAI;

public sealed partial class ResponseToolChoice
{
    /// <summary>The model decides.</summary>
    public static ResponseToolChoice Auto { get; } = FromMode("auto");

    /// <summary>The model calls no tool.</summary>
    public static ResponseToolChoice None { get; } = FromMode("none");

    /// <summary>The model calls at least one tool.</summary>
    public static ResponseToolChoice Required { get; } = FromMode("required");

    /// <summary>The model calls this function.</summary>
    /// <param name="name">The name of the function.</param>
    public static ResponseToolChoice FromFunction(string name) => FromTool(new()
    {
        Type = ResponseNamedToolType.Function,
        Name = name ?? throw new ArgumentNullException(nameof(name)),
    });
}
