using Newtonsoft.Json;

namespace TogetherAI;

// Completes the generated type: servers have two names for one field.
public sealed partial class ChatCompletionReply
{
    /// <summary>What the model thought first, under whichever name the server sent it; null where it sent none.</summary>
    [JsonIgnore]
    public string? ReasoningText => string.IsNullOrEmpty(ReasoningContent) ? Reasoning : ReasoningContent;
}
