using System.Text.Json;
using TogetherAI.LocalServer.Endpoints.Chat;
using TogetherAI.LocalServer.Endpoints.Dialogs;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Messages;

/// <summary>The wire form of a message.</summary>
internal static class MessageJson
{
    // There is nothing to sign; a client sends it back all the same.
    public const string Signature = "bG9jYWw=";

    public static async ValueTask WriteAsync(JsonResponseWriter writer, DialogResult result, CancellationToken cancellationToken)
    {
        var json = writer.Json;
        var summary = result.Measure(cancellationToken);
        json.WriteStartObject();
        WriteHead(json, result);
        json.WriteStartArray("content");
        if (result.ReasoningTokens > 0)
        {
            json.WriteStartObject();
            json.WriteString("type", "thinking");
            json.WritePropertyName("thinking");
            await writer.WriteTextAsync(result.Reasoning().Select(static token => token.Text)).ConfigureAwait(false);
            json.WriteString("signature", Signature);
            json.WriteEndObject();
        }

        if (result.Calls.Count == 0)
        {
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WritePropertyName("text");
            await writer.WriteTextAsync(result.Content.Text()).ConfigureAwait(false);
            json.WriteEndObject();
        }

        foreach (var call in result.Calls)
        {
            WriteCall(json, call, call.Arguments);
            await writer.SendIfLargeAsync().ConfigureAwait(false);
        }

        json.WriteEndArray();
        WriteEnd(json, result, summary.FinishReason);
        WriteUsage(json, result, summary.Tokens);
        json.WriteEndObject();
    }

    /// <summary>What a message begins with.</summary>
    public static void WriteHead(Utf8JsonWriter json, DialogResult result)
    {
        json.WriteString("id", $"msg_{result.Id}");
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("model", result.Request.Model);
    }

    /// <summary>The call of a tool as a block.</summary>
    public static void WriteCall(Utf8JsonWriter json, ChatToolCall call, string input)
    {
        json.WriteStartObject();
        json.WriteString("type", "tool_use");
        json.WriteString("id", call.Id);
        json.WriteString("name", call.Name);
        json.WritePropertyName("input");
        json.WriteRawValue(input);
        json.WriteEndObject();
    }

    /// <summary>Why a message ends.</summary>
    /// <param name="json">Where it is written.</param>
    /// <param name="result">The message.</param>
    /// <param name="reason">Why its text ends.</param>
    public static void WriteEnd(Utf8JsonWriter json, DialogResult result, string reason)
    {
        json.WriteString("stop_reason", result.Calls.Count > 0 ? "tool_use" : reason switch
        {
            FinishReasons.Length => "max_tokens",
            FinishReasons.StopSequence => "stop_sequence",
            _ => "end_turn",
        });

        // Of several, nobody has kept which one it was.
        var stop = result.Request.Stop;
        json.WriteString("stop_sequence", reason == FinishReasons.StopSequence && stop.Count == 1 ? stop[0].Text : null);
    }

    public static void WriteUsage(Utf8JsonWriter json, DialogResult result, int contentTokens)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", result.PromptTokens);
        json.WriteNumber("output_tokens", contentTokens + result.ReasoningTokens + result.CallTokens);
        json.WriteEndObject();
    }
}
