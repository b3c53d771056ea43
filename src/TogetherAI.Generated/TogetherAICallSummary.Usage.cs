using Newtonsoft.Json;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

public sealed partial class TogetherAICallSummary
{
    private TokenUsage? _usage;

    /// <summary>
    /// Gets the token usage of the response (of a stream, the last that was received); null if there is none, and for the methods that stream bytes,
    /// which do not parse them. Counts with other names in messages and responses are mapped to those with the same meaning.
    /// </summary>
    public TokenUsage? Usage
    {
        get => _usage;
        init => _usage = value;
    }

    partial void ReadUsage(CallRecord record) => _usage = SumOf(record.Usage);

    /// <summary>The counts of all the usages of a call; null where it has none that can be read.</summary>
    internal static TokenUsage? SumOf(IEnumerable<byte[]> usages)
    {
        try
        {
            var sum = new UsageAccumulator();
            foreach (var usage in usages)
            {
                sum.Add(Read(usage));
            }

            return sum.Sum;
        }
        catch (JsonException)
        {
            // The call itself has failed where its result hangs on it.
            return null;
        }
    }

    private static TokenUsage Read(byte[] json)
    {
        var usage = ApiJson.Deserialize<TokenUsage>(json);
        var ofMessage = ApiJson.Deserialize<MessageUsage>(json);
        if ((ofMessage.InputTokens ?? ofMessage.OutputTokens) is not null)
        {
            var ofResponse = ApiJson.Deserialize<ResponseUsage>(json);
            usage.PromptTokens ??= ofMessage.InputTokens;
            usage.CompletionTokens ??= ofMessage.OutputTokens;
            usage.CachedTokens ??= ofMessage.CacheReadInputTokens ?? ofResponse.InputTokensDetails?.CachedTokens;
            usage.ReasoningTokens ??= ofMessage.OutputTokensDetails?.ThinkingTokens ?? ofResponse.OutputTokensDetails?.ReasoningTokens;
        }

        return usage;
    }
}
