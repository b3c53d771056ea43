using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary>A request for a chat's next message.</summary>
internal sealed class ChatParameters : TextParameters
{
    private ChatParameters(JsonFields fields, IReadOnlyList<ChatMessage> messages)
        : base(fields, messages[^1].Text, "stream")
    {
        Messages = messages;
        Reasons = fields["reasoning_effort"] is not null || IsEnabled(fields["reasoning"]);
        Format = ChatFormat.Read(fields["response_format"]);
        Tools = ChatTools.Read(fields);
    }

    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>Whether thinking is to be shown.</summary>
    public bool Reasons { get; }

    /// <summary>The JSON to respond with; null for text.</summary>
    public string? Format { get; }

    public ChatTools Tools { get; }

    /// <summary>Checks a request against the documented rules.</summary>
    public static ChatParameters Read(JsonElement body)
    {
        var fields = JsonFields.Read<ChatCompletionRequest>(body);
        fields.RequireNotEmpty("model");
        SamplingRules.Require(fields);
        fields.RequireWord("context_length_exceeded_behavior", "truncate", "error");
        fields.RequireWord("reasoning_effort", "low", "medium", "high");
        if (fields.Items("messages").Count == 0)
        {
            throw ApiErrorException.Invalid("messages must not be empty.", "messages");
        }

        return new ChatParameters(fields, [.. fields.Items("messages").Select(ChatMessage.Read)]);
    }

    private static bool IsEnabled(JsonElement? reasoning)
        => reasoning is { ValueKind: JsonValueKind.Object } value
        && value.TryGetProperty("enabled", out var enabled)
        && enabled.ValueKind == JsonValueKind.True;
}
