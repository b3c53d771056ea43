namespace TogetherAI;

/// <summary>Puts the log probabilities of one answer's pieces together, to the form that gives one entry to each token.</summary>
internal sealed class LogprobsAccumulator
{
    private readonly List<ContentToken> _tokens = [];

    /// <summary>Adds those of a piece.</summary>
    /// <param name="piece">In whichever form the model sends them.</param>
    /// <param name="text">The text of the piece, which a bare number belongs to.</param>
    public void Add(Logprobs? piece, string? text)
    {
        foreach (var token in piece?.Tokens ?? [])
        {
            _tokens.Add(piece!.Value is null ? token : new ContentToken { Token = text, Logprob = token.Logprob });
        }
    }

    /// <summary>All of them; null where there were none.</summary>
    public Logprobs? ToLogprobs() => _tokens.Count > 0 ? (Logprobs)new ContentLogprobs { Content = [.. _tokens] } : null;
}
