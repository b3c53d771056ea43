using System.Text.Json;
using TogetherAI.LocalServer.Endpoints.Dialogs;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Responses;

/// <summary>The wire form of a response.</summary>
internal static class ResponseJson
{
    public static async ValueTask WriteAsync(JsonResponseWriter writer, DialogResult result, CancellationToken cancellationToken)
        => await WriteEndAsync(writer, result, result.Measure(cancellationToken)).ConfigureAwait(false);

    /// <summary>The response as it is at its end.</summary>
    public static async ValueTask WriteEndAsync(IJsonPieces writer, DialogResult result, GenerationSummary summary)
    {
        var json = writer.Json;
        json.WriteStartObject();
        WriteHead(json, result, StatusOf(result, summary.FinishReason));
        json.WriteNumber("completed_at", result.Created);
        json.WriteStartArray("output");
        if (result.ReasoningTokens > 0)
        {
            await ResponseItemJson.WriteReasoningAsync(writer, result, isWhole: true).ConfigureAwait(false);
        }

        if (result.Calls.Count == 0)
        {
            await ResponseItemJson.WriteMessageAsync(writer, result, StatusOf(result, summary.FinishReason)).ConfigureAwait(false);
        }

        for (var index = 0; index < result.Calls.Count; index++)
        {
            ResponseItemJson.WriteCall(json, result, index, isWhole: true);
        }

        json.WriteEndArray();
        WriteUsage(json, result, summary.Tokens);
        json.WriteEndObject();
    }

    /// <summary>The response as it begins.</summary>
    public static void WriteBeginning(Utf8JsonWriter json, DialogResult result)
    {
        json.WriteStartObject();
        WriteHead(json, result, "in_progress");
        json.WriteStartArray("output");
        json.WriteEndArray();
        json.WriteNull("usage");
        json.WriteEndObject();
    }

    /// <summary>The state of a response.</summary>
    /// <param name="result">The response.</param>
    /// <param name="reason">Why its text ends.</param>
    public static string StatusOf(DialogResult result, string reason)
        => result.Calls.Count == 0 && reason == FinishReasons.Length ? "incomplete" : "completed";

    private static void WriteHead(Utf8JsonWriter json, DialogResult result, string status)
    {
        json.WriteString("id", $"resp_{result.Id}");
        json.WriteString("object", "response");
        json.WriteNumber("created_at", result.Created);
        json.WriteString("status", status);
        json.WriteString("model", result.Request.Model);
        json.WriteNull("error");
        if (status == "incomplete")
        {
            json.WriteStartObject("incomplete_details");
            json.WriteString("reason", "max_output_tokens");
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("incomplete_details");
        }

        json.WriteNull("instructions");
        json.WriteNumber("max_output_tokens", result.Request.MaxTokens);
        json.WriteBoolean("parallel_tool_calls", true);
        json.WriteNull("previous_response_id");
        json.WriteBoolean("store", false);
        json.WriteNumber("temperature", 1);
        json.WriteNumber("top_p", 1);
        json.WriteString("tool_choice", "auto");
        json.WriteStartArray("tools");
        json.WriteEndArray();
        json.WriteString("truncation", "disabled");
        json.WriteStartObject("metadata");
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, DialogResult result, int contentTokens)
    {
        var output = contentTokens + result.ReasoningTokens + result.CallTokens;
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", result.PromptTokens);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("cached_tokens", 0);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", output);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("reasoning_tokens", result.ReasoningTokens);
        json.WriteEndObject();
        json.WriteNumber("total_tokens", result.PromptTokens + output);
        json.WriteEndObject();
    }
}
