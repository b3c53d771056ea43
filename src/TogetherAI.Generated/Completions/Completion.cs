using Newtonsoft.Json;

namespace TogetherAI;

// Completes the generated type with what most programs want of it.
public sealed partial class Completion
{
    /// <summary>The first text; null where there is none.</summary>
    [JsonIgnore]
    public string? Text => Choices.Count > 0 ? Choices[0].Text : null;
}
