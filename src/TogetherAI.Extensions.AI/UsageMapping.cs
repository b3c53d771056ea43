using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Extensions.AI;

/// <summary>Converts token usage. Servers report some counts flat, some in the details, and some in both places.</summary>
internal static class UsageMapping
{
    public static UsageDetails? ToDetails(TokenUsage? usage)
    {
        if (usage is null)
        {
            return null;
        }

        var details = new UsageDetails
        {
            InputTokenCount = usage.PromptTokens,
            OutputTokenCount = usage.CompletionTokens,
            TotalTokenCount = usage.TotalTokens ?? (usage.PromptTokens + (long?)usage.CompletionTokens),
            CachedInputTokenCount = Larger(usage.CachedTokens, usage.PromptTokensDetails?.CachedTokens),
            ReasoningTokenCount = Larger(usage.ReasoningTokens, usage.CompletionTokensDetails?.ReasoningTokens),
        };
        AddCounts(details, "", usage.AdditionalProperties);
        AddCounts(details, "prompt_tokens_details.", usage.PromptTokensDetails?.AdditionalProperties);
        AddCounts(details, "completion_tokens_details.", usage.CompletionTokensDetails?.AdditionalProperties);
        return details;
    }

    /// <summary>Converts the usage that a response may have although its description has none, in either of the forms that servers use.</summary>
    /// <param name="fields">The additional fields of the response.</param>
    public static UsageDetails? ToDetails(IDictionary<string, JToken> fields)
    {
        if (!fields.TryGetValue("usage", out var field) || field is not JObject { Count: > 0 } usage)
        {
            return null;
        }

        var others = usage.Properties().ToDictionary(static count => count.Name, static count => count.Value);
        var details = new UsageDetails
        {
            InputTokenCount = Take(others, "input_tokens") ?? Take(others, "prompt_tokens"),
            OutputTokenCount = Take(others, "output_tokens") ?? Take(others, "completion_tokens"),
            TotalTokenCount = Take(others, "total_tokens"),
        };
        details.TotalTokenCount ??= details.InputTokenCount + details.OutputTokenCount;
        AddCounts(details, "", others);
        return details;
    }

    private static long? Take(Dictionary<string, JToken> counts, string name)
    {
        if (counts.TryGetValue(name, out var value) && value is JValue { Value: long count })
        {
            counts.Remove(name);
            return count;
        }

        return null;
    }

    // A server that fills in one place may have a zero in the other.
    private static long? Larger(int? flat, int? nested)
        => flat is null || nested is null ? flat ?? nested : Math.Max(flat.Value, nested.Value);

    private static void AddCounts(UsageDetails details, string prefix, IDictionary<string, JToken>? fields)
    {
        foreach (var field in fields ?? new Dictionary<string, JToken>())
        {
            if (field.Value is JValue { Value: long count })
            {
                (details.AdditionalCounts ??= [])[prefix + field.Key] = count;
            }
        }
    }
}
