using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Extensions.AI.Chat;

/// <summary>
/// Reasoning and the JSON names under which it is received and sent back. Some models require it in later requests, under the
/// name that they use.
/// </summary>
internal sealed class ReasoningFields
{
    /// <summary>The additional property with the names, separated by commas if the same text came under several.</summary>
    private const string Property = "reasoning_field";

    private const string DefaultName = "reasoning";

    private readonly Dictionary<string, StringBuilder> _texts = [];

    /// <summary>Converts what was received under one or several names.</summary>
    public static IEnumerable<TextReasoningContent> ToContents(IReadOnlyDictionary<string, string> reasoning, object raw)
        => from field in reasoning
           where field.Value.Length > 0
           group field.Key by field.Value into text
           select new TextReasoningContent(text.Key)
           {
               RawRepresentation = raw,
               AdditionalProperties = new AdditionalPropertiesDictionary { [Property] = string.Join(",", text) },
           };

    public void Add(TextReasoningContent content)
    {
        foreach (var name in NamesOf(content))
        {
            if (!_texts.TryGetValue(name, out var text))
            {
                _texts[name] = text = new StringBuilder();
            }

            text.Append(content.Text);
        }
    }

    public void CopyTo(ChatCompletionMessage message)
    {
        foreach (var field in _texts)
        {
            if (field.Value.Length == 0)
            {
                // Protected data of another provider has no text.
            }
            else if (field.Key == DefaultName)
            {
                message.Reasoning = field.Value.ToString();
            }
            else
            {
                message.AdditionalProperties[field.Key] = new JValue(field.Value.ToString());
            }
        }
    }

    // After a round trip through a cache or a store, the property is an element.
    private static string[] NamesOf(TextReasoningContent content)
    {
        object? value = null;
        _ = content.AdditionalProperties?.TryGetValue(Property, out value);
        var names = (value as string ?? (value is JsonElement { ValueKind: JsonValueKind.String } element ? element.GetString() : null))
            ?.Split(',').Where(static name => name.StartsWith(DefaultName, StringComparison.Ordinal)).ToArray();
        return names is { Length: > 0 } ? names : [DefaultName];
    }
}
