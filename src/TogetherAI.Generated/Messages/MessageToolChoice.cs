namespace TogetherAI;

// Completes the generated type with a factory for each of its types.
public sealed partial class MessageToolChoice
{
    /// <summary>The model decides.</summary>
    public static MessageToolChoice FromAuto() => new() { Type = MessageToolChoiceType.Auto };

    /// <summary>The model calls at least one tool.</summary>
    public static MessageToolChoice FromAny() => new() { Type = MessageToolChoiceType.Any };

    /// <summary>The model calls no tool.</summary>
    public static MessageToolChoice FromNone() => new() { Type = MessageToolChoiceType.None };

    /// <summary>The model calls this tool.</summary>
    /// <param name="name">The name of the tool.</param>
    public static MessageToolChoice FromTool(string name) => new()
    {
        Type = MessageToolChoiceType.Tool,
        Name = name ?? throw new ArgumentNullException(nameof(name)),
    };
}
