using Newtonsoft.Json;

namespace TogetherAI;

// Completes the generated type with what most programs want of it.
public sealed partial class InferenceChunk
{
    /// <summary>
    /// Gets the new text of the choice with the lowest index; null if there is none, as in a usage-only chunk.
    /// </summary>
    [JsonIgnore]
    public string? Text => ChoiceList.Lowest(Choices, static choice => choice.Index)?.Text;
}
