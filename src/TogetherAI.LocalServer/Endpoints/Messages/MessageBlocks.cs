using System.Text.Json;
using TogetherAI.LocalServer.Http;
using static TogetherAI.LocalServer.Endpoints.Dialogs.DialogJson;

namespace TogetherAI.LocalServer.Endpoints.Messages;

/// <summary>The content of a message, as far as a mock server reads it.</summary>
internal readonly record struct MessageBlocks(string Text, bool HasToolResult)
{
    /// <summary>Reads a content.</summary>
    /// <param name="content">A text, or an array of blocks.</param>
    /// <param name="field">The field of the request that it is part of.</param>
    public static MessageBlocks Read(JsonElement content, string field)
    {
        if (content.ValueKind == JsonValueKind.String)
        {
            return new MessageBlocks(content.GetString()!, false);
        }

        if (content.ValueKind != JsonValueKind.Array)
        {
            throw ApiErrorException.Invalid($"A content of {field} must be a text or an array of blocks.", field);
        }

        var blocks = content.EnumerateArray().ToList();
        return new MessageBlocks(string.Join(' ', blocks.Select(block => TextOf(block, field)).OfType<string>()), blocks.Exists(block => StringOf(block, "type") == "tool_result"));
    }

    // What a picture shows, nobody here can tell.
    private static string? TextOf(JsonElement block, string field) => StringOf(block, "type") switch
    {
        null => throw ApiErrorException.Invalid("Each block of a content must be an object with a type.", field),
        "text" => StringOf(block, "text") ?? throw ApiErrorException.Invalid("A block of the type text needs a text.", field),
        "tool_use" when StringOf(block, "id") is null || StringOf(block, "name") is null => throw ApiErrorException.Invalid("A block of the type tool_use needs an id and a name.", field),
        "tool_result" when StringOf(block, "tool_use_id") is null => throw ApiErrorException.Invalid("A block of the type tool_result needs a tool_use_id.", field),
        "tool_result" => Property(block, "content") is { } content ? Read(content, field).Text : "",
        "thinking" or "redacted_thinking" or "tool_use" => null,
        var type => $"[{type}]",
    };
}
