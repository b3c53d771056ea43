using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary>The wire form of a whole answer.</summary>
internal static class ChatJson
{
    public static void Write(Utf8JsonWriter json, ChatResult result)
    {
        json.WriteStartObject();
        json.WriteString("id", result.Id);
        json.WriteString("object", ChatCompletionObject.ChatCompletion.Value);
        json.WriteNumber("created", result.Created);
        json.WriteString("model", result.Request.Model);
        WireJson.WritePrompt(json, result.Request.Echo ? result.Request.Prompt : null);
        json.WriteStartArray("choices");
        for (var index = 0; index < result.Choices.Count; index++)
        {
            WriteChoice(json, result, index);
        }

        json.WriteEndArray();
        json.WritePropertyName("usage");
        json.WriteRawValue(WireJson.Usage(result.PromptTokens, result.CompletionTokens, result.ReasoningTokens));
        json.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatResult result, int index)
    {
        var choice = result.Choices[index];
        json.WriteStartObject();
        json.WriteString("finish_reason", choice.FinishReason);
        json.WriteNumber("seed", unchecked(result.Request.Seed + index));
        json.WriteNumber("index", index);
        json.WritePropertyName("logprobs");
        json.WriteRawValue(result.Request.LogProbabilities ? WireJson.LogProbabilities(choice.Content) : "null");
        WriteMessage(json, choice);
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatAnswer choice)
    {
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", choice.Calls.Count > 0 ? null : choice.Text);
        json.WriteStartArray("tool_calls");
        for (var index = 0; index < choice.Calls.Count; index++)
        {
            json.WriteStartObject();
            json.WriteString("id", choice.Calls[index].Id);
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", choice.Calls[index].Name);
            json.WriteString("arguments", choice.Calls[index].Arguments);
            json.WriteEndObject();
            json.WriteNumber("index", index);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (choice.Reasoning.Count > 0)
        {
            json.WriteString("reasoning", string.Concat(choice.Reasoning.Select(token => token.Text)));
        }

        json.WriteEndObject();
    }
}
