using Newtonsoft.Json;

namespace TogetherAI;

// Completes the generated type with what programs need that send the reasoning back in messages of their own.
public sealed partial class ChatCompletionDelta
{
    /// <summary>
    /// Gets the delta of the reasoning by the JSON name under which it was received, such as <c>reasoning_content</c>; empty if there is none.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> ReasoningByName => _reasoning.Count == 0 ? ReasoningNames.None : ReasoningNames.TextsOf(_reasoning, Reasoning_0Name, Reasoning_1Name);
}
