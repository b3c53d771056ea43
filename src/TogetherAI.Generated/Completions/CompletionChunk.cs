using Newtonsoft.Json;

namespace TogetherAI;

// Completes the generated type with what most programs want of it.
public sealed partial class CompletionChunk
{
    /// <summary>
    /// The new text of the choice with the lowest index, from the delta where a server sends it there; null where there is
    /// none, as in a chunk that has the usage alone.
    /// </summary>
    [JsonIgnore]
    public string? Text => ChoiceList.Lowest(Choices, static choice => choice.Index) is not { } first ? null
        : string.IsNullOrEmpty(first.Text) ? first.Delta?.Content ?? first.Text
        : first.Text;
}
