using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Extensions.AI.Chat;

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
