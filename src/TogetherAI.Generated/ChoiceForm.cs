using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>Reads choices that have the form of another endpoint's, or of a stream's.</summary>
internal static class ChoiceForm
{
    private static readonly string[] MessageFields = ["message", "delta"];

    /// <summary>Normalizes each choice of a list.</summary>
    public static void NormalizeAll<T>(IReadOnlyList<T> choices, string path, Action<T, string> normalize)
        where T : class
    {
        for (var position = 0; position < choices.Count; position++)
        {
            if (choices[position] is { } choice)
            {
                normalize(choice, $"{path}[{position}]");
            }
        }
    }

    /// <summary>The message that the fields of a choice have beside those that the document knows; null where there is none.</summary>
    /// <exception cref="JsonException">There is one that cannot be read.</exception>
    public static ChatCompletionResponseMessage? MessageIn(IDictionary<string, JToken>? fields, string path)
    {
        ChatCompletionResponseMessage? message = null;
        foreach (var name in MessageFields)
        {
            if (fields is not null && fields.TryGetValue(name, out var json) && json is not (null or JValue { Value: null or "" }))
            {
                message = SaysSomething(message) ? message : Read(json, $"{path}.{name}");
            }
        }

        return message;
    }

    /// <summary>Whether a message has anything that a model said or did.</summary>
    public static bool SaysSomething(ChatCompletionResponseMessage? message)
#pragma warning disable CS0618, TAI1001 // The old field is still sent by old models.
        => message is { Content.Length: > 0 } or { ToolCalls.Count: > 0 } or { Refusal.Length: > 0 } or { FunctionCall: not null };
#pragma warning restore CS0618, TAI1001

    /// <summary>Whether a model called tools, in the current or the older form.</summary>
    public static bool HasToolCalls(ChatCompletionResponseMessage? message)
#pragma warning disable CS0618, TAI1001 // The old field is still sent by old models.
        => message is { ToolCalls.Count: > 0 } or { FunctionCall: not null };
#pragma warning restore CS0618, TAI1001

    /// <summary>Refuses a choice that has something, but nothing that the document knows.</summary>
    /// <exception cref="JsonException">It has.</exception>
    public static void RequireKnown(IDictionary<string, JToken>? fields, string path)
    {
        foreach (var field in fields ?? new Dictionary<string, JToken>())
        {
            if (field.Value is JContainer { HasValues: true } or JValue { Value: string { Length: > 0 } })
            {
                throw new JsonSerializationException($"The choice at '{path}' has no text in the expected field, but an unknown field '{field.Key}'.");
            }
        }
    }

    private static ChatCompletionResponseMessage Read(JToken json, string path)
    {
        try
        {
            return (json is JObject ? ApiJson.Convert<ChatCompletionResponseMessage>(json) : null)
                ?? throw new JsonSerializationException($"The value at '{path}' is not an object.");
        }
        catch (JsonException exception) when (json is JObject)
        {
            throw new JsonSerializationException($"The value at '{path}' is not a message: {exception.Message}", exception);
        }
    }
}
