using Newtonsoft.Json;

namespace TogetherAI;

// Completes the generated type: servers have two forms for one thing.
public sealed partial class SpeechChunk
{
    /// <summary>The piece of the audio, in whichever form it came; null where the event has none.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte>? Audio => Delta ?? Data;
}
