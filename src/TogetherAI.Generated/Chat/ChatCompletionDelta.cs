using Newtonsoft.Json;

namespace TogetherAI;

// Completes the generated type: servers have two names for one field.
public sealed partial class ChatCompletionDelta
{
    /// <summary>
    /// More of what the model thinks, under whichever name the server sent it, once where it sent the same under both;
    /// null where it sent none.
    /// </summary>
    [JsonIgnore]
    public string? ReasoningText => ReasoningFields.Join(Reasoning, ReasoningContent);
}
