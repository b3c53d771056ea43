namespace TogetherAI;

// Completes the generated type: servers have two forms for one thing.
public sealed partial class SpeechChunk
{
    /// <summary>The piece of the recording, in whichever form it came; null where the event holds something else.</summary>
    /// <exception cref="FormatException">The server's text is not base64.</exception>
    public byte[]? ToBytes() => (Delta ?? Base64Data) is { } text ? Convert.FromBase64String(text) : null;
}
