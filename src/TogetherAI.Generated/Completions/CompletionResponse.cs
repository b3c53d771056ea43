using Newtonsoft.Json;

namespace TogetherAI;

// Completes the generated type with what most programs want of it.
public sealed partial class CompletionResponse
{
    /// <summary>The text of the choice with the lowest index; null where there is none.</summary>
    [JsonIgnore]
    public string? Text => ChoiceList.Lowest(Choices, static choice => choice.Index)?.Text;
}
