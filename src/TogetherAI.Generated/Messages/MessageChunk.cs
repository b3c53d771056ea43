using Newtonsoft.Json;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

// Completes the generated type with what most programs want of it.
public sealed partial class MessageChunk : INamedEvent
{
    /// <summary>The new text of the message; null where the event adds none.</summary>
    [JsonIgnore]
    public string? Text => NullIfEmpty(Delta?.Text) ?? NullIfEmpty(ContentBlock?.Text);

    void INamedEvent.TakeName(string name) => Type ??= name;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
