using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Completions;

/// <summary>The wire form of a whole answer.</summary>
internal static class CompletionJson
{
    public static void Write(Utf8JsonWriter json, CompletionResult result)
    {
        json.WriteStartObject();
        json.WriteString("id", result.Id);
        json.WriteString("object", CompletionObject.TextCompletion.Value);
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
        json.WriteRawValue(WireJson.Usage(result.PromptTokens, result.CompletionTokens));
        json.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter json, CompletionResult result, int index)
    {
        var choice = result.Choices[index];
        json.WriteStartObject();
        json.WriteString("text", choice.Text);
        json.WriteNumber("index", index);
        json.WriteNumber("seed", result.SeedOf(index));
        json.WriteString("finish_reason", CompletionResult.FinishReasonOf(choice));
        json.WritePropertyName("logprobs");
        json.WriteRawValue(result.Request.LogProbabilities
            ? WireJson.LogProbabilities([.. choice.Tokens.Where(token => !token.IsSpecial)])
            : "null");
        json.WriteEndObject();
    }
}
