namespace TogetherAI.LocalServer.Text;

/// <summary>
/// One generated text. It is made anew, and always the same, each time that its tokens are read; nothing of it is kept,
/// however long it is.
/// </summary>
/// <param name="source">The tokens of the whole text, which can be read more than once.</param>
/// <param name="maxTokens">How many of them there may be.</param>
/// <param name="stop">What ends the text before it.</param>
internal sealed class Generation(IEnumerable<Token> source, int maxTokens, IReadOnlyList<StopSequence> stop)
{
    /// <summary>
    /// The tokens until the text is complete, a stop sequence appears, or there are enough. The special one at the end is
    /// missing where the length was the limit.
    /// </summary>
    public IEnumerable<GeneratedToken> Tokens()
    {
        var held = new HeldTokens(stop);
        var made = 0;
        string? reason = null;
        using var tokens = source.GetEnumerator();
        while (reason is null)
        {
            if (made == maxTokens)
            {
                reason = FinishReasons.Length;
            }
            else if (!tokens.MoveNext())
            {
                held.End();
                reason = FinishReasons.EndToken;
            }
            else
            {
                made++;
                reason = held.Add(tokens.Current) ? FinishReasons.StopSequence : null;
            }

            while (held.TryTake(isComplete: reason is not null, out var token))
            {
                yield return new GeneratedToken(token, held.IsEmpty ? reason : null);
            }
        }
    }

    /// <summary>The text in pieces, without special tokens.</summary>
    public IEnumerable<string> Text() => OrdinaryTokens().Select(token => token.Text);

    /// <summary>The tokens that are text.</summary>
    public IEnumerable<Token> OrdinaryTokens() => Tokens().Select(generated => generated.Token).Where(token => !token.IsSpecial);

    /// <summary>Reads all tokens, and counts them.</summary>
    public GenerationSummary Measure(CancellationToken cancellationToken)
    {
        // Without a single token, none was allowed.
        var summary = new GenerationSummary(0, FinishReasons.Length);
        foreach (var (_, reason) in Tokens())
        {
            cancellationToken.ThrowIfCancellationRequested();
            summary = new GenerationSummary(summary.Tokens + 1, reason ?? summary.FinishReason);
        }

        return summary;
    }
}
