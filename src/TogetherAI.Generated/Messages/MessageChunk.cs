using Newtonsoft.Json;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

// Completes the generated type with what most programs want of it.
public sealed partial class MessageChunk : INamedEvent
{
    /// <summary>Gets the new text of the message; null if the event has none.</summary>
    [JsonIgnore]
    public string? Text => NullIfEmpty(Delta?.Text) ?? NullIfEmpty(ContentBlock?.Text);

    void INamedEvent.TakeName(string name) => Type ??= name;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
