using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary>The wire form of a whole response.</summary>
internal static class ChatJson
{
    public static async ValueTask WriteAsync(JsonResponseWriter writer, ChatResult result, CancellationToken cancellationToken)
    {
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteString("id", result.Id);
        json.WriteString("object", "chat.completion");
        json.WriteNumber("created", result.Created);
        json.WriteString("model", result.Request.Model);
        WireJson.WritePrompt(json, result.Request.Echo ? result.Request.Prompt : null);
        json.WriteStartArray("choices");
        var contentTokens = 0;
        for (var index = 0; index < result.Choices.Count; index++)
        {
            contentTokens += await WriteChoiceAsync(writer, result, index, cancellationToken).ConfigureAwait(false);
        }

        json.WriteEndArray();
        json.WritePropertyName("usage");
        json.WriteRawValue(result.Usage(contentTokens));
        json.WriteEndObject();
    }

    private static async ValueTask<int> WriteChoiceAsync(JsonResponseWriter writer, ChatResult result, int index, CancellationToken cancellationToken)
    {
        var choice = result.Choices[index];
        var summary = choice.Content.Measure(cancellationToken);
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteString("finish_reason", choice.FinishReasonOf(summary.FinishReason));
        json.WriteNumber("seed", unchecked(result.Request.Seed + index));
        json.WriteNumber("index", index);
        if (result.Request.LogProbabilities)
        {
            await WireJson.WriteLogProbabilitiesAsync(writer, choice.Content.OrdinaryTokens()).ConfigureAwait(false);
        }
        else
        {
            json.WriteNull("logprobs");
        }

        await WriteMessageAsync(writer, result, choice).ConfigureAwait(false);
        json.WriteEndObject();
        return summary.Tokens;
    }

    private static async ValueTask WriteMessageAsync(JsonResponseWriter writer, ChatResult result, ChatAnswer choice)
    {
        var json = writer.Json;
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        if (choice.Calls.Count > 0)
        {
            json.WriteNull("content");
        }
        else
        {
            json.WritePropertyName("content");
            await writer.WriteTextAsync(choice.Content.Text()).ConfigureAwait(false);
        }

        await writer.WriteArrayAsync("tool_calls", choice.Calls.Index(), WriteCall).ConfigureAwait(false);
        if (result.ReasoningTokens > 0)
        {
            json.WritePropertyName("reasoning");
            await writer.WriteTextAsync(result.Reasoning().Select(token => token.Text)).ConfigureAwait(false);
        }

        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, (int Index, ChatToolCall Call) item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Call.Id);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", item.Call.Name);
        json.WriteString("arguments", item.Call.Arguments);
        json.WriteEndObject();
        json.WriteNumber("index", item.Index);
        json.WriteEndObject();
    }
}
