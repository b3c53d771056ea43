using Newtonsoft.Json;

namespace TogetherAI;

// Completes the generated type with what most programs want of it.
public sealed partial class ChatCompletionChunk
{
    /// <summary>
    /// The new content of the choice with the lowest index; null where there is none, as in a chunk that has the usage alone.
    /// </summary>
    [JsonIgnore]
    public string? Text => ChoiceList.Lowest(Choices, static choice => choice.Index)?.Delta?.Content;
}
