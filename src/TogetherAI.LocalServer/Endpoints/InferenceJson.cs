using System.Text.Json;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>The wire form of the endpoint's responses, with the order of fields that Together's own have.</summary>
internal static class InferenceJson
{
    public static async ValueTask WriteResponseAsync(JsonResponseWriter writer, string id, InferenceResult result, CancellationToken cancellationToken)
    {
        var request = result.Request;
        var json = writer.Json;
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
        // Counted before they are written: the usage comes first.
        var summaries = result.Choices.Select(choice => choice.Measure(cancellationToken)).ToArray();
        WriteUsage(json, result.PromptTokens, summaries.Sum(summary => summary.Tokens));
        json.WriteString("result_type", InferenceResultType.LanguageModelInference.Value);
        json.WriteStartArray("choices");
        for (var index = 0; index < result.Choices.Count; index++)
        {
            await WriteChoiceAsync(writer, result, index, summaries[index].FinishReason).ConfigureAwait(false);
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
        WriteText(json, end.Text);
        json.WriteNull(Names.Details);
        WriteTotals(json, end.Totals);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, IEnumerable<string>? pieces)
    {
        if (pieces is null)
        {
            json.WriteNull(Names.GeneratedText);
            return;
        }

        json.WritePropertyName(Names.GeneratedText);
        foreach (var piece in pieces)
        {
            json.WriteStringValueSegment(piece, isFinalSegment: false);
        }

        json.WriteStringValueSegment("", isFinalSegment: true);
    }

    private static void WriteTotals(Utf8JsonWriter json, InferenceTotals? totals)
    {
        if (totals is null)
        {
            json.WriteNull(Names.Stats);
            json.WriteNull(Names.Usage);
            return;
        }

        json.WriteStartObject(Names.Stats);
        WriteDuration(json, "total_time", totals.Validation + totals.Inference);
        WriteDuration(json, "validation_time", totals.Validation);
        WriteDuration(json, "queue_time", TimeSpan.Zero);
        WriteDuration(json, "inference_time", totals.Inference);
        WriteDuration(json, "time_per_token", totals.Inference / totals.CompletionTokens);
        json.WriteEndObject();
        WriteUsage(json, totals.PromptTokens, totals.CompletionTokens);
    }

    private static async ValueTask WriteChoiceAsync(JsonResponseWriter writer, InferenceResult result, int index, string finishReason)
    {
        var choice = result.Choices[index];
        var json = writer.Json;
        json.WriteStartObject();
        json.WritePropertyName("text");
        await writer.WriteTextAsync(result.TextOf(choice)).ConfigureAwait(false);
        json.WriteNumber("index", index);
        json.WriteString("finish_reason", finishReason);
        if (result.Request.LogProbabilities)
        {
            var tokens = choice.Tokens().Select(generated => generated.Token);
            json.WriteStartObject("logprobs");
            await writer.WriteArrayAsync("tokens", tokens, (json, token) => json.WriteStringValue(token.Text)).ConfigureAwait(false);
            await writer.WriteArrayAsync("token_logprobs", tokens, (json, token) => json.WriteNumberValue(token.LogProbability)).ConfigureAwait(false);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, int promptTokens, int completionTokens)
    {
        json.WriteStartObject(Names.Usage);
        json.WriteNumber("prompt_tokens", promptTokens);
        json.WriteNumber("completion_tokens", completionTokens);
        json.WriteNumber("total_tokens", promptTokens + completionTokens);
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
