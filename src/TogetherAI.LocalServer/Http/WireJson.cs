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

    /// <summary>Log probabilities as parallel lists.</summary>
    public static string LogProbabilities(IReadOnlyList<Token> tokens)
    {
        var texts = string.Join(',', tokens.Select(token => Quoted(token.Text)));
        var values = string.Join(',', tokens.Select(token => Invariant($"{token.LogProbability}")));
        var ids = string.Join(',', tokens.Select(token => Invariant($"{token.Id}")));
        var top = string.Join(',', tokens.Select(token => Invariant($"{{{Quoted(token.Text)}:{token.LogProbability}}}")));
        return $"{{\"tokens\":[{texts}],\"token_logprobs\":[{values}],\"token_ids\":[{ids}],\"top_logprobs\":[{top}]}}";
    }

    /// <summary>The prompt of a whole answer, which is empty unless its echo was asked for.</summary>
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
}
