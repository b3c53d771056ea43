using Newtonsoft.Json.Linq;

namespace TogetherAI;

/// <summary>Keeps the last number of each count: the first event has some, a later one the others.</summary>
internal sealed class MessageUsageAccumulator
{
    /// <summary>The counts so far; null where there was none. An object of its own for each change.</summary>
    public MessageUsage? Sum { get; private set; }

    public void Add(MessageUsage? later)
    {
        if (later is null)
        {
            return;
        }

        var before = Sum;
        Sum = new MessageUsage
        {
            InputTokens = later.InputTokens ?? before?.InputTokens,
            OutputTokens = later.OutputTokens ?? before?.OutputTokens,
            CacheCreationInputTokens = later.CacheCreationInputTokens ?? before?.CacheCreationInputTokens,
            CacheReadInputTokens = later.CacheReadInputTokens ?? before?.CacheReadInputTokens,
            CacheCreation = later.CacheCreation ?? before?.CacheCreation,
            OutputTokensDetails = later.OutputTokensDetails ?? before?.OutputTokensDetails,
            ServiceTier = later.ServiceTier ?? before?.ServiceTier,
        };
        var extra = new Dictionary<string, JToken>();
        ExtraFields.Keep(extra, before);
        ExtraFields.Keep(extra, later);
        ExtraFields.CopyUnset(extra, Sum);
    }
}
