using Newtonsoft.Json;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

// Completes the generated type with what most programs want of it.
public sealed partial class ResponseChunk : INamedEvent
{
    /// <summary>The new text of the response; null where the event adds none.</summary>
    [JsonIgnore]
    public string? Text => Type == ResponseChunkType.OutputTextDelta && !string.IsNullOrEmpty(Delta) ? Delta : null;

    /// <summary>What is new of the model's reasoning; null where the event adds nothing to it.</summary>
    [JsonIgnore]
    public string? Reasoning => IsReasoning && !string.IsNullOrEmpty(Delta) ? Delta : null;

    // Servers use one or the other name.
    private bool IsReasoning => Type == ResponseChunkType.ReasoningTextDelta || Type == ResponseChunkType.ReasoningDelta;

    void INamedEvent.TakeName(string name) => Type ??= name;
}
