using Newtonsoft.Json;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

// Completes the generated type with what most programs want of it.
public sealed partial class MessageResponse : INormalized
{
    /// <summary>Gets the concatenated texts of the <c>text</c> blocks; null if there are none.</summary>
    [JsonIgnore]
    public string? Text
        => MessageText.Join(Content, MessageContentBlockType.Text, static block => block.Text);

    /// <summary>Gets the thinking of the model, the concatenated texts of the <c>thinking</c> blocks; null if there is none.</summary>
    [JsonIgnore]
    public string? Thinking
        => MessageText.Join(Content, MessageContentBlockType.Thinking, static block => block.Thinking);

    /// <summary>Gets the tool calls of the model, the <c>tool_use</c> blocks; empty if there are none.</summary>
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
