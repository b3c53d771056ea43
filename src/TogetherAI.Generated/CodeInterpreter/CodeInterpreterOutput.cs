using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI;

// Completes the generated type: the document cannot say which type of output has which data.
public sealed partial class CodeInterpreterOutput
{
    /// <summary>
    /// Gets the output as text: what was written to standard output or standard error, the exception, or the plain text of a
    /// result; null if there is none.
    /// </summary>
    [JsonIgnore]
    public string? Text => Data switch
    {
        JValue { Value: string text } => text,
        JObject media when media["text/plain"] is JValue { Value: string text } => text,
        _ => null,
    };
}
