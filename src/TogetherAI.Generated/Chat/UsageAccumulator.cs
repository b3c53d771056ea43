using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

/// <summary>
/// Keeps the last number of each count. Servers send the counts once, with every chunk, or spread over several; a usage
/// without any number says nothing.
/// </summary>
internal sealed class UsageAccumulator
{
    /// <summary>The counts so far; null where there was none. An object of its own for each change.</summary>
    public TokenUsage? Sum { get; private set; }

    public void Add(TokenUsage? later)
    {
        if (later is null || !HasNumber(later))
        {
            return;
        }

        Sum = new TokenUsage
        {
            PromptTokens = later.PromptTokens ?? Sum?.PromptTokens,
            CompletionTokens = later.CompletionTokens ?? Sum?.CompletionTokens,
            TotalTokens = later.TotalTokens ?? Sum?.TotalTokens,
            CachedTokens = later.CachedTokens ?? Sum?.CachedTokens,
            ReasoningTokens = later.ReasoningTokens ?? Sum?.ReasoningTokens,
            CacheHitRate = later.CacheHitRate ?? Sum?.CacheHitRate,
            PromptTokensDetails = Add(Sum?.PromptTokensDetails, later.PromptTokensDetails),
            CompletionTokensDetails = Add(Sum?.CompletionTokensDetails, later.CompletionTokensDetails),
            AdditionalProperties = Extra(Sum, later),
        };
    }

    private static TokenUsagePromptDetails? Add(TokenUsagePromptDetails? before, TokenUsagePromptDetails? later)
        => before is null || later is null
            ? later ?? before
            : new TokenUsagePromptDetails { CachedTokens = later.CachedTokens ?? before.CachedTokens, AdditionalProperties = Extra(before, later) };

    private static TokenUsageCompletionDetails? Add(TokenUsageCompletionDetails? before, TokenUsageCompletionDetails? later)
        => before is null || later is null
            ? later ?? before
            : new TokenUsageCompletionDetails { ReasoningTokens = later.ReasoningTokens ?? before.ReasoningTokens, AdditionalProperties = Extra(before, later) };

    private static Dictionary<string, JToken> Extra(IExtensible? before, IExtensible later)
    {
        var extra = new Dictionary<string, JToken>();
        foreach (var field in (before?.Extra ?? extra).Concat(later.Extra ?? new Dictionary<string, JToken>()).ToList())
        {
            if (field.Value is { Type: not JTokenType.Null } || !extra.ContainsKey(field.Key))
            {
                extra[field.Key] = field.Value;
            }
        }

        return extra;
    }

    private static bool HasNumber(TokenUsage usage)
        => (usage.PromptTokens ?? usage.CompletionTokens ?? usage.TotalTokens ?? usage.CachedTokens ?? usage.ReasoningTokens) is not null
            || usage.CacheHitRate is not null
            || usage.PromptTokensDetails?.CachedTokens is not null
            || usage.CompletionTokensDetails?.ReasoningTokens is not null
            || HasNumber(usage as IExtensible)
            || HasNumber(usage.PromptTokensDetails)
            || HasNumber(usage.CompletionTokensDetails);

    private static bool HasNumber(IExtensible? usage)
        => usage?.Extra?.Values.Any(static value => value is JValue { Type: JTokenType.Integer or JTokenType.Float }
            || (value as JContainer)?.Descendants().Any(static part => part.Type is JTokenType.Integer or JTokenType.Float) == true) == true;
}
