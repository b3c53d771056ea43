using Newtonsoft.Json;

namespace TogetherAI;

// Completes the generated type with what most programs want of it.
public sealed partial class ChatCompletion
{
    /// <summary>What the first answer says; null where it says nothing.</summary>
    [JsonIgnore]
    public string? Text => Choices.Count > 0 ? Choices[0].Message?.Content : null;
}
