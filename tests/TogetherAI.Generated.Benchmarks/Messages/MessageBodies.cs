using System.Globalization;
using System.Text;
using Newtonsoft.Json;

namespace TogetherAI.Benchmarks.Messages;

/// <summary>Whole responses and prompts of our own making.</summary>
internal static class MessageBodies
{
    /// <summary>A chat completion whose text has so many letters.</summary>
    public static byte[] ChatCompletionResponse(int textLength) => Encoding.UTF8.GetBytes(
        $$$"""{"id":"oAbCdEf-2kFHot","object":"chat.completion","created":1780000000,"model":"org/model-70b","prompt":[],"choices":[{"index":0,"finish_reason":"stop","logprobs":null,"message":{"role":"assistant","content":{{{JsonConvert.ToString(Prose(textLength))}}},"tool_calls":[]}}],"usage":{"prompt_tokens":9,"completion_tokens":200,"total_tokens":209}}""");

    /// <summary>So many embeddings with so many numbers each.</summary>
    public static byte[] Embeddings(int count, int dimensions)
    {
        var random = new Random(1);
        var body = new StringBuilder("{\"object\":\"list\",\"model\":\"org/embed\",\"data\":[");
        for (var i = 0; i < count; i++)
        {
            body.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{{\"object\":\"embedding\",\"index\":{i},\"embedding\":[");
            for (var j = 0; j < dimensions; j++)
            {
                body.Append(j == 0 ? "" : ",").Append(((random.NextDouble() * 2) - 1).ToString("F8", CultureInfo.InvariantCulture));
            }

            body.Append("]}");
        }

        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }

    /// <summary>Text with the usual share of letters that JSON escapes.</summary>
    public static string Prose(int length)
    {
        const string Sentence = "The \"quick\" brown fox jumps over the lazy dog, again and again.\n";
        return string.Concat(Enumerable.Repeat(Sentence, (length / Sentence.Length) + 1))[..length];
    }
}
