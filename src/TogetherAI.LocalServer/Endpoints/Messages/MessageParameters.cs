using System.Text.Json;
using TogetherAI.LocalServer.Endpoints.Chat;
using TogetherAI.LocalServer.Endpoints.Dialogs;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;
using static TogetherAI.LocalServer.Endpoints.Dialogs.DialogJson;

namespace TogetherAI.LocalServer.Endpoints.Messages;

/// <summary>Reads a request for a message.</summary>
internal static class MessageParameters
{
    /// <summary>Checks a request against the documented rules.</summary>
    public static DialogRequest Read(JsonElement body)
    {
        var fields = JsonFields.Read<MessageRequest>(body);
        fields.RequireNotEmpty("model");
        fields.RequireRange("max_tokens", 1);
        fields.RequireRange("temperature", 0);
        fields.RequireRange("top_p", 0, 1);
        fields.RequireRange("top_k", 0);
        SamplingRules.RequireStops(fields, "stop_sequences");
        var messages = fields.Items("messages");
        if (messages.Count == 0)
        {
            throw ApiErrorException.Invalid("messages must not be empty.", "messages");
        }

        return new DialogRequest
        {
            Model = fields.Text("model"),
            Stream = fields.Flag("stream"),
            Messages = [.. System(fields["system"]), .. messages.Select(Message)],
            Tools = ChatTools.Of(fields.Items("tools").Select(Tool), Choice(fields["tool_choice"])),
            MaxTokens = fields.Integer("max_tokens", 0),
            Reasons = Reasons(fields["thinking"]),
            Format = Format(fields["output_config"]),
            Stop = [.. fields.Texts("stop_sequences").Select(text => new StopSequence(text))],
        };
    }

    private static IEnumerable<ChatMessage> System(JsonElement? system)
        => system is { } value ? [new ChatMessage("system", MessageBlocks.Read(value, "system").Text)] : [];

    private static ChatMessage Message(JsonElement message)
    {
        if (StringOf(message, "role") is not ("user" or "assistant") || Property(message, "content") is not { } content)
        {
            throw ApiErrorException.Invalid("Each message must be an object with a role, which is user or assistant, and a content.", "messages");
        }

        var blocks = MessageBlocks.Read(content, "messages");
        return new ChatMessage(blocks.HasToolResult ? "tool" : StringOf(message, "role")!, blocks.Text);
    }

    private static (string Name, JsonElement? Schema) Tool(JsonElement tool)
        => StringOf(tool, "name") is { Length: > 0 } name && Property(tool, "input_schema") is { } schema
            ? (name, schema)
            : throw ApiErrorException.Invalid("Each tool needs a name and an input_schema.", "tools");

    private static string Choice(JsonElement? choice) => choice is not { } value ? "auto" : StringOf(value, "type") switch
    {
        "auto" => "auto",
        "none" => "none",
        "any" => "required",
        "tool" when StringOf(value, "name") is { } name => name,
        _ => throw ApiErrorException.Invalid("tool_choice must be an object whose type is auto, any, none, or tool with a name.", "tool_choice"),
    };

    private static bool Reasons(JsonElement? thinking) => thinking is { } value && StringOf(value, "type") switch
    {
        "enabled" or "adaptive" => true,
        "disabled" => false,
        _ => throw ApiErrorException.Invalid("thinking must be an object whose type is enabled, adaptive or disabled.", "thinking"),
    };

    private static string? Format(JsonElement? configuration)
        => configuration is { } value && Property(value, "format") is { } format
            ? StringOf(format, "type") == "json_schema"
                ? SchemaSample.Create(Property(format, "schema"), "output_config")
                : throw ApiErrorException.Invalid("output_config.format must be an object of the type json_schema.", "output_config")
            : null;
}
