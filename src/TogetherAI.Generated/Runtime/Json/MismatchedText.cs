using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Json;

/// <summary>The text of a field that came as an array of parts; see <see cref="MismatchRule.TextParts"/>.</summary>
internal static class MismatchedText
{
    /// <summary>Whether JSON is such an array.</summary>
    public static bool IsText(JToken json)
        => json is JArray parts && parts.All(static part => part is JObject && (!IsTextPart(part) || part["text"] is JValue));

    /// <summary>The texts of the parts; null where there are none.</summary>
    public static string? Of(JArray parts)
    {
        var texts = parts
            .Where(IsTextPart)
            .Select(static part => ((JValue)part["text"]!).Value)
            .Where(static text => text is not null)
            .Select(static text => text as string ?? JsonConvert.ToString(text)).ToList();
        return texts.Count > 0 ? string.Concat(texts) : null;
    }

    // Parts of other types are no text of the response, such as what a model thought.
    private static bool IsTextPart(JToken part) => part["type"] is null ? part["text"] is not null : (part["type"] as JValue)?.Value is "text" or "output_text";
}
