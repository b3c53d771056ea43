using Newtonsoft.Json;

namespace TogetherAI;

// Completes the generated type with what most programs want of it.
public sealed partial class CompletionChunk
{
    /// <summary>
    /// Gets the new text of the choice with the lowest index, from the delta if the server sends it there; null if there is
    /// none, as in a usage-only chunk.
    /// </summary>
    [JsonIgnore]
    public string? Text => ChoiceList.Lowest(Choices, static choice => choice.Index) is not { } first ? null
        : string.IsNullOrEmpty(first.Text) ? first.Delta?.Content ?? first.Text
        : first.Text;
}
