using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary>One message of a conversation, as far as a mock server reads it.</summary>
internal sealed record ChatMessage(string Role, string Text)
{
    private static readonly string[] Roles = ["system", "user", "assistant", "tool", "function"];

    public static ChatMessage Read(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object || Property(message, "role") is not { ValueKind: JsonValueKind.String } role)
        {
            throw Invalid("Each message must be an object with a role.");
        }

        var word = role.GetString()!;
        if (!Roles.Contains(word))
        {
            throw Invalid($"role must be one of {string.Join(", ", Roles)}.");
        }

        if (word == "tool" && Property(message, "tool_call_id") is not { ValueKind: JsonValueKind.String })
        {
            throw Invalid("tool_call_id is required in a message with the result of a tool.");
        }

        return new ChatMessage(word, TextOf(message, isOptional: word == "assistant"));
    }

    private static string TextOf(JsonElement message, bool isOptional) => Property(message, "content") switch
    {
        null when isOptional => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } parts => string.Join(' ', parts.EnumerateArray().Select(PartText)),
        _ => throw Invalid("content must be a text or an array of parts."),
    };

    // What a picture or a sound shows, nobody here can tell.
    private static string PartText(JsonElement part)
    {
        if (part.ValueKind != JsonValueKind.Object || Property(part, "type") is not { ValueKind: JsonValueKind.String } type)
        {
            throw Invalid("Each part of a content must be an object with a type.");
        }

        var name = type.GetString()!;
        if (Property(part, name) is not { } value)
        {
            throw Invalid($"A part of the type {name} needs the field {name}.");
        }

        return name == "text" && value.ValueKind == JsonValueKind.String ? value.GetString()! : $"[{name}]";
    }

    private static JsonElement? Property(JsonElement item, string name)
        => item.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static ApiErrorException Invalid(string message) => ApiErrorException.Invalid(message, "messages");
}
