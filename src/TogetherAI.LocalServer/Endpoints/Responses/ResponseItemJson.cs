using System.Text.Json;
using TogetherAI.LocalServer.Endpoints.Dialogs;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Responses;

/// <summary>The wire form of the items of a response, and of their parts.</summary>
internal static class ResponseItemJson
{
    public static string ReasoningId(DialogResult result) => $"rs_{result.Id}";

    public static string MessageId(DialogResult result) => $"msg_{result.Id}";

    public static string CallId(DialogResult result, int index) => $"fc_{result.Id}_{index}";

    /// <summary>What was thought.</summary>
    public static async ValueTask WriteReasoningAsync(IJsonPieces writer, DialogResult result, bool isWhole)
    {
        var json = writer.Json;
        json.WriteStartObject();
        WriteHead(json, ReasoningId(result), "reasoning", isWhole ? "completed" : "in_progress");
        json.WriteStartArray("summary");
        json.WriteEndArray();
        json.WriteStartArray("content");
        if (isWhole)
        {
            await WriteReasoningPartAsync(writer, TextOf(result)).ConfigureAwait(false);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What was thought, in pieces.</summary>
    public static IEnumerable<string> TextOf(DialogResult result) => result.Reasoning().Select(static token => token.Text);

    public static async ValueTask WriteReasoningPartAsync(IJsonPieces writer, IEnumerable<string> text)
    {
        writer.Json.WriteStartObject();
        writer.Json.WriteString("type", "reasoning_text");
        writer.Json.WritePropertyName("text");
        await writer.WriteTextAsync(text).ConfigureAwait(false);
        writer.Json.WriteEndObject();
    }

    /// <summary>The message with the text.</summary>
    /// <param name="writer">Where it is written.</param>
    /// <param name="result">The response.</param>
    /// <param name="status">Its state; null where it only begins.</param>
    public static async ValueTask WriteMessageAsync(IJsonPieces writer, DialogResult result, string? status)
    {
        var json = writer.Json;
        json.WriteStartObject();
        WriteHead(json, MessageId(result), "message", status ?? "in_progress");
        json.WriteString("role", "assistant");
        json.WriteStartArray("content");
        if (status is not null)
        {
            await WriteTextPartAsync(writer, result.Content.Text()).ConfigureAwait(false);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static async ValueTask WriteTextPartAsync(IJsonPieces writer, IEnumerable<string> text)
    {
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteString("type", "output_text");
        json.WritePropertyName("text");
        await writer.WriteTextAsync(text).ConfigureAwait(false);
        json.WriteStartArray("annotations");
        json.WriteEndArray();
        json.WriteStartArray("logprobs");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The call of a function.</summary>
    public static void WriteCall(Utf8JsonWriter json, DialogResult result, int index, bool isWhole)
    {
        var call = result.Calls[index];
        json.WriteStartObject();
        WriteHead(json, CallId(result, index), "function_call", isWhole ? "completed" : "in_progress");
        json.WriteString("call_id", call.Id);
        json.WriteString("name", call.Name);
        json.WriteString("arguments", isWhole ? call.Arguments : "");
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, string id, string type, string status)
    {
        json.WriteString("id", id);
        json.WriteString("type", type);
        json.WriteString("status", status);
    }
}
