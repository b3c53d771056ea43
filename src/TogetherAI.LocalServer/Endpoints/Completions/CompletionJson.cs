using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Completions;

/// <summary>The wire form of a whole response.</summary>
internal static class CompletionJson
{
    public static async ValueTask WriteAsync(JsonResponseWriter writer, CompletionResult result, CancellationToken cancellationToken)
    {
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteString("id", result.Id);
        json.WriteString("object", "text.completion");
        json.WriteNumber("created", result.Created);
        json.WriteString("model", result.Request.Model);
        WireJson.WritePrompt(json, result.Request.Echo ? result.Request.Prompt : null);
        json.WriteStartArray("choices");
        var completionTokens = 0;
        for (var index = 0; index < result.Choices.Count; index++)
        {
            completionTokens += await WriteChoiceAsync(writer, result, index, cancellationToken).ConfigureAwait(false);
        }

        json.WriteEndArray();
        json.WritePropertyName("usage");
        json.WriteRawValue(WireJson.Usage(result.PromptTokens, completionTokens));
        json.WriteEndObject();
    }

    private static async ValueTask<int> WriteChoiceAsync(JsonResponseWriter writer, CompletionResult result, int index, CancellationToken cancellationToken)
    {
        var choice = result.Choices[index];
        var summary = choice.Measure(cancellationToken);
        var json = writer.Json;
        json.WriteStartObject();
        json.WritePropertyName("text");
        await writer.WriteTextAsync(choice.Text()).ConfigureAwait(false);
        json.WriteNumber("index", index);
        json.WriteNumber("seed", result.SeedOf(index));
        json.WriteString("finish_reason", CompletionResult.FinishReasonOf(summary.FinishReason));
        if (result.Request.LogProbabilities)
        {
            await WireJson.WriteLogProbabilitiesAsync(writer, choice.OrdinaryTokens()).ConfigureAwait(false);
        }
        else
        {
            json.WriteNull("logprobs");
        }

        json.WriteEndObject();
        return summary.Tokens;
    }
}
