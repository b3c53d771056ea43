using System.Globalization;
using System.Text.Json;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Http;

/// <summary>Pieces of JSON that chat and completions share.</summary>
internal static class WireJson
{
    public static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JsonStyle.Encoder)}\"";

    public static string Usage(int prompt, int completion, int reasoning = 0)
    {
        var details = reasoning > 0 ? Invariant($",\"completion_tokens_details\":{{\"reasoning_tokens\":{reasoning}}}") : "";
        return Invariant($"{{\"prompt_tokens\":{prompt},\"completion_tokens\":{completion},\"total_tokens\":{prompt + completion}{details}}}");
    }

    /// <summary>The log probability of one token, as parallel lists.</summary>
    public static string LogProbabilities(Token token)
    {
        var text = Quoted(token.Text);
        return Invariant($"{{\"tokens\":[{text}],\"token_logprobs\":[{token.LogProbability}],\"token_ids\":[{token.Id}],\"top_logprobs\":[{{{text}:{token.LogProbability}}}]}}");
    }

    /// <summary>Writes log probabilities as parallel lists.</summary>
    public static async ValueTask WriteLogProbabilitiesAsync(JsonResponseWriter writer, IEnumerable<Token> tokens)
    {
        writer.Json.WriteStartObject("logprobs");
        await writer.WriteArrayAsync("tokens", tokens, (json, token) => json.WriteStringValue(token.Text)).ConfigureAwait(false);
        await writer.WriteArrayAsync("token_logprobs", tokens, (json, token) => json.WriteNumberValue(token.LogProbability)).ConfigureAwait(false);
        await writer.WriteArrayAsync("token_ids", tokens, (json, token) => json.WriteNumberValue(token.Id)).ConfigureAwait(false);
        await writer.WriteArrayAsync("top_logprobs", tokens, WriteTop).ConfigureAwait(false);
        writer.Json.WriteEndObject();
    }

    /// <summary>The prompt of a whole response, which is empty unless its echo was asked for.</summary>
    public static void WritePrompt(Utf8JsonWriter json, string? echo)
    {
        json.WriteStartArray("prompt");
        if (echo is not null)
        {
            json.WriteStartObject();
            json.WriteString("text", echo);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void WriteTop(Utf8JsonWriter json, Token token)
    {
        json.WriteStartObject();
        json.WriteNumber(token.Text, token.LogProbability);
        json.WriteEndObject();
    }
}
