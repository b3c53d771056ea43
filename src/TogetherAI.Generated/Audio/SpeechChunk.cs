using Newtonsoft.Json;

namespace TogetherAI;

// Completes the generated type: servers have two forms for one thing.
public sealed partial class SpeechChunk
{
    /// <summary>Gets the audio of the event, in either format; null if it has none.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte>? Audio => Delta ?? Data;
}
