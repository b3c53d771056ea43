namespace TogetherAI;

public sealed partial class LogProbabilities
{
    private IReadOnlyList<LogProbabilityToken>? _tokens;

    /// <summary>
    /// Gets the tokens with their log probabilities. A stream chunk with a single number has one token without text.
    /// </summary>
    public IReadOnlyList<LogProbabilityToken> Tokens => _tokens ??= _value switch
    {
        LogProbabilityContent content => [.. content.Content],
        LogProbabilityLists lists => TokensOf(lists),
        double logprob => [new LogProbabilityToken { LogProbability = logprob }],
        _ => [],
    };

    private static LogProbabilityToken[] TokensOf(LogProbabilityLists lists)
    {
        var tokens = new LogProbabilityToken[Math.Max(lists.Tokens.Count, lists.TokenLogProbabilities.Count)];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = new LogProbabilityToken
            {
                Token = i < lists.Tokens.Count ? lists.Tokens[i] : null,
                LogProbability = i < lists.TokenLogProbabilities.Count ? lists.TokenLogProbabilities[i] : null,
            };
        }

        return tokens;
    }
}
