using Newtonsoft.Json;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

// Completes the generated type with what most programs want of it.
public sealed partial class MessageResponse : INormalized
{
    /// <summary>The texts of the <c>text</c> blocks, one after another; null where there is none.</summary>
    [JsonIgnore]
    public string? Text
        => MessageText.Join(Content, MessageContentBlockType.Text, static block => block.Text);

    /// <summary>What the model thought, the texts of the <c>thinking</c> blocks one after another; null where there is none.</summary>
    [JsonIgnore]
    public string? Thinking
        => MessageText.Join(Content, MessageContentBlockType.Thinking, static block => block.Thinking);

    /// <summary>The tools that the model wants to be called, which are the <c>tool_use</c> blocks; empty where it wants none.</summary>
    [JsonIgnore]
    public IReadOnlyList<MessageContentBlock> ToolUses
        => Content.Any(static block => block?.Type == MessageContentBlockType.ToolUse) ? [.. Content.Where(static block => block?.Type == MessageContentBlockType.ToolUse)] : [];

    void INormalized.Normalize()
    {
        if (SentContent is null)
        {
            throw new JsonSerializationException("It has no 'content', in which the message should be.");
        }
    }
}
