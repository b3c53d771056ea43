using System.Text.Json;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>The wire form of the endpoint's answers, with the order of fields that Together's own have.</summary>
internal static class InferenceJson
{
    public static void WriteResponse(Utf8JsonWriter json, string id, InferenceResult result)
    {
        var request = result.Request;
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("status", InferenceStatus.Finished.Value);
        json.WriteStartArray("prompt");
        json.WriteStringValue(request.Prompt);
        json.WriteEndArray();
        json.WriteString("model", request.Model);
        json.WriteString("model_owner", "");
        json.WriteNumber("num_returns", result.Choices.Count);
        json.WritePropertyName("args");
        json.WriteRawValue(request.Body.GetRawText());
        json.WriteStartArray("subjobs");
        json.WriteEndArray();
        json.WriteStartObject("output");
        WriteUsage(json, result);
        json.WriteString("result_type", InferenceResultType.LanguageModelInference.Value);
        json.WriteStartArray("choices");
        for (var index = 0; index < result.Choices.Count; index++)
        {
            WriteChoice(json, result, index);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes the event of one token.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="id">The request's id.</param>
    /// <param name="token">The token.</param>
    /// <param name="choice">Its choice; null where there is only one, whose number goes without saying.</param>
    /// <param name="end">What only the last event of a choice has.</param>
    public static void WriteChunk(Utf8JsonWriter json, string id, in Token token, int? choice, in InferenceStreamEnd end)
    {
        json.WriteStartObject();
        json.WriteStartArray(Names.Choices);
        json.WriteStartObject();
        json.WriteString(Names.Text, token.Text);
        if (choice is { } index)
        {
            json.WriteNumber(Names.Index, index);
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString(Names.Id, id);
        json.WriteStartObject(Names.Token);
        json.WriteNumber(Names.Id, token.Id);
        json.WriteString(Names.Text, token.Text);
        json.WriteNumber(Names.LogProb, token.LogProbability);
        json.WriteBoolean(Names.Special, token.IsSpecial);
        json.WriteEndObject();
        json.WriteString(Names.GeneratedText, end.Text);
        json.WriteNull(Names.Details);
        WriteTotals(json, end);
        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, in InferenceStreamEnd end)
    {
        if (end.Result is null)
        {
            json.WriteNull(Names.Stats);
            json.WriteNull(Names.Usage);
            return;
        }

        json.WriteStartObject(Names.Stats);
        WriteDuration(json, "total_time", end.Validation + end.Inference);
        WriteDuration(json, "validation_time", end.Validation);
        WriteDuration(json, "queue_time", TimeSpan.Zero);
        WriteDuration(json, "inference_time", end.Inference);
        WriteDuration(json, "time_per_token", end.Inference / end.Result.CompletionTokens);
        json.WriteEndObject();
        WriteUsage(json, end.Result);
    }

    private static void WriteChoice(Utf8JsonWriter json, InferenceResult result, int index)
    {
        var choice = result.Choices[index];
        json.WriteStartObject();
        json.WriteString("text", result.TextOf(choice));
        json.WriteNumber("index", index);
        json.WriteString("finish_reason", choice.FinishReason);
        if (result.Request.LogProbabilities)
        {
            WriteLogProbabilities(json, choice.Tokens);
        }

        json.WriteEndObject();
    }

    private static void WriteLogProbabilities(Utf8JsonWriter json, IReadOnlyList<Token> tokens)
    {
        json.WriteStartObject("logprobs");
        json.WriteStartArray("tokens");
        foreach (var token in tokens)
        {
            json.WriteStringValue(token.Text);
        }

        json.WriteEndArray();
        json.WriteStartArray("token_logprobs");
        foreach (var token in tokens)
        {
            json.WriteNumberValue(token.LogProbability);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, InferenceResult result)
    {
        json.WriteStartObject(Names.Usage);
        json.WriteNumber("prompt_tokens", result.PromptTokens);
        json.WriteNumber("completion_tokens", result.CompletionTokens);
        json.WriteNumber("total_tokens", result.PromptTokens + result.CompletionTokens);
        json.WriteEndObject();
    }

    private static void WriteDuration(Utf8JsonWriter json, string name, TimeSpan duration)
    {
        json.WriteStartObject(name);
        json.WriteNumber("secs", duration.Ticks / TimeSpan.TicksPerSecond);
        json.WriteNumber("nanos", duration.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
        json.WriteEndObject();
    }

    // Encoded once: these are written for every token.
    private static class Names
    {
        public static readonly JsonEncodedText Choices = JsonEncodedText.Encode("choices");
        public static readonly JsonEncodedText Text = JsonEncodedText.Encode("text");
        public static readonly JsonEncodedText Index = JsonEncodedText.Encode("index");
        public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
        public static readonly JsonEncodedText Token = JsonEncodedText.Encode("token");
        public static readonly JsonEncodedText LogProb = JsonEncodedText.Encode("logprob");
        public static readonly JsonEncodedText Special = JsonEncodedText.Encode("special");
        public static readonly JsonEncodedText GeneratedText = JsonEncodedText.Encode("generated_text");
        public static readonly JsonEncodedText Details = JsonEncodedText.Encode("details");
        public static readonly JsonEncodedText Stats = JsonEncodedText.Encode("stats");
        public static readonly JsonEncodedText Usage = JsonEncodedText.Encode("usage");
    }
}
