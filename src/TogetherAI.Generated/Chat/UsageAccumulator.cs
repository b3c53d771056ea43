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

        var before = Sum;
        Sum = new TokenUsage
        {
            PromptTokens = later.PromptTokens ?? before?.PromptTokens,
            CompletionTokens = later.CompletionTokens ?? before?.CompletionTokens,
            TotalTokens = later.TotalTokens ?? before?.TotalTokens,
            CachedTokens = later.CachedTokens ?? before?.CachedTokens,
            ReasoningTokens = later.ReasoningTokens ?? before?.ReasoningTokens,
            CacheHitRate = later.CacheHitRate ?? before?.CacheHitRate,
            PromptTokensDetails = Add(before?.PromptTokensDetails, later.PromptTokensDetails),
            CompletionTokensDetails = Add(before?.CompletionTokensDetails, later.CompletionTokensDetails),
        };
        WithExtra(Sum, before, later);
    }

    private static TokenUsagePromptDetails? Add(TokenUsagePromptDetails? before, TokenUsagePromptDetails? later)
        => before is null || later is null
            ? later ?? before
            : WithExtra(new TokenUsagePromptDetails { CachedTokens = later.CachedTokens ?? before.CachedTokens }, before, later);

    private static TokenUsageCompletionDetails? Add(TokenUsageCompletionDetails? before, TokenUsageCompletionDetails? later)
        => before is null || later is null
            ? later ?? before
            : WithExtra(new TokenUsageCompletionDetails { ReasoningTokens = later.ReasoningTokens ?? before.ReasoningTokens }, before, later);

    private static T WithExtra<T>(T sum, IExtensible? before, IExtensible later)
        where T : IExtensible
    {
        var extra = new Dictionary<string, JToken>();
        ExtraFields.Keep(extra, before);
        ExtraFields.Keep(extra, later);
        ExtraFields.CopyUnset(extra, sum);
        return sum;
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
