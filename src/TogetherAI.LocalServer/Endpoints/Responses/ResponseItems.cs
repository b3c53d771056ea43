using System.Text.Json;
using TogetherAI.LocalServer.Endpoints.Chat;
using TogetherAI.LocalServer.Http;
using static TogetherAI.LocalServer.Endpoints.Dialogs.DialogJson;

namespace TogetherAI.LocalServer.Endpoints.Responses;

/// <summary>The input of a response, as far as a mock server reads it.</summary>
internal static class ResponseItems
{
    private const string Field = "input";

    private static readonly string[] Roles = ["user", "assistant", "system", "developer"];

    /// <summary>Reads an input, a text or an array of items; what comes out is never empty.</summary>
    public static IReadOnlyList<ChatMessage> Read(JsonElement input)
    {
        List<ChatMessage> messages = input.ValueKind switch
        {
            JsonValueKind.String when input.GetString() is { Length: > 0 } text => [new ChatMessage("user", text)],
            JsonValueKind.Array => [.. input.EnumerateArray().Select(Message).OfType<ChatMessage>()],
            JsonValueKind.String => [],
            _ => throw Invalid("input must be a text or an array of items."),
        };
        return messages.Count > 0 ? messages : throw Invalid("input must not be empty.");
    }

    // Null for items that say nothing to respond to, such as what the model thought.
    private static ChatMessage? Message(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw Invalid("Each item of input must be an object.");
        }

        var type = StringOf(item, "type") ?? (Property(item, "type") is null ? "message" : throw Invalid("The type of an item must be a text."));
        return type switch
        {
            "message" => new ChatMessage(Role(item), Content(Property(item, "content"))),
            "function_call_output" when StringOf(item, "call_id") is null => throw Invalid("An item of the type function_call_output needs a call_id."),
            "function_call_output" => new ChatMessage("tool", Content(Property(item, "output"))),
            "function_call" when StringOf(item, "call_id") is null || StringOf(item, "name") is null || StringOf(item, "arguments") is null
                => throw Invalid("An item of the type function_call needs a call_id, a name and arguments."),
            _ => null,
        };
    }

    private static string Role(JsonElement item)
        => StringOf(item, "role") is { } role && Roles.Contains(role) ? role : throw Invalid($"The role of a message must be one of {string.Join(", ", Roles)}.");

    private static string Content(JsonElement? content) => content switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } parts => string.Join(' ', parts.EnumerateArray().Select(PartText)),
        _ => throw Invalid("The content or output of an item must be a text or an array of parts."),
    };

    // What a picture or a file shows, nobody here can tell.
    private static string PartText(JsonElement part) => StringOf(part, "type") switch
    {
        null => throw Invalid("Each part of a content must be an object with a type."),
        "input_text" or "output_text" => StringOf(part, "text") ?? throw Invalid("A part that is text needs a text."),
        "refusal" => StringOf(part, "refusal") ?? "",
        var type => $"[{type}]",
    };

    private static ApiErrorException Invalid(string message) => ApiErrorException.Invalid(message, Field);
}
