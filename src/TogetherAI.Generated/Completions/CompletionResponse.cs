using Newtonsoft.Json;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

// Completes the generated type with what most programs want of it.
public sealed partial class CompletionResponse : INormalized
{
    /// <summary>Gets the text of the choice with the lowest index; null if there is none.</summary>
    [JsonIgnore]
    public string? Text => ChoiceList.Lowest(Choices, static choice => choice.Index)?.Text;

    void INormalized.Normalize() => ChoiceForm.NormalizeAll(Choices, "choices", static (choice, path) => choice.Normalize(path));
}
