namespace TogetherAI;

/// <summary>Puts the log probabilities of one choice's pieces together, to the form that gives one entry to each token.</summary>
internal sealed class LogProbabilitiesAccumulator
{
    private readonly List<LogProbabilityToken> _tokens = [];

    /// <summary>Adds those of a piece.</summary>
    /// <param name="piece">In whichever form the model sends them.</param>
    /// <param name="text">The text of the piece, which a bare number belongs to.</param>
    public void Add(LogProbabilities? piece, string? text)
    {
        foreach (var token in piece?.Tokens ?? [])
        {
            _tokens.Add(piece!.Number is null ? token : new LogProbabilityToken { Token = text, LogProbability = token.LogProbability });
        }
    }

    /// <summary>All of them; null where there were none.</summary>
    public LogProbabilities? ToLogProbabilities() => _tokens.Count > 0 ? (LogProbabilities)new LogProbabilityContent { Content = [.. _tokens] } : null;
}
