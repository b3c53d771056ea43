using System.Text;

namespace TogetherAI.LocalServer.Text;

/// <summary>One generated text, as tokens.</summary>
/// <param name="Tokens">The generated tokens; the special one at the end is missing where the length was the limit.</param>
/// <param name="FinishReason">See <see cref="FinishReasons"/>.</param>
internal sealed record Generation(IReadOnlyList<Token> Tokens, string FinishReason)
{
    /// <summary>The text without special tokens.</summary>
    public string Text => string.Concat(Tokens.Where(token => !token.IsSpecial).Select(token => token.Text));

    /// <summary>Generates until the text is complete, a stop sequence appears, or there are enough tokens.</summary>
    public static Generation Create(IEnumerable<string> words, int maxTokens, IReadOnlyList<string> stop)
    {
        var tokens = new List<Token>();
        var text = new StringBuilder();
        foreach (var token in words.SelectMany(Tokenizer.Split))
        {
            if (tokens.Count == maxTokens)
            {
                return new Generation(tokens, FinishReasons.Length);
            }

            tokens.Add(token);
            text.Append(token.Text);
            if (FirstStop(text, token.Text.Length, stop) is { } cut)
            {
                return new Generation(Cut(tokens, cut), FinishReasons.StopSequence);
            }
        }

        if (tokens.Count == maxTokens)
        {
            return new Generation(tokens, FinishReasons.Length);
        }

        tokens.Add(Token.End);
        return new Generation(tokens, FinishReasons.EndToken);
    }

    // Only a stop sequence that ends inside the newest piece can be new.
    private static int? FirstStop(StringBuilder text, int newest, IReadOnlyList<string> stop)
    {
        int? first = null;
        foreach (var sequence in stop)
        {
            var from = Math.Max(0, text.Length - newest - sequence.Length + 1);
            var found = text.ToString(from, text.Length - from).IndexOf(sequence, StringComparison.Ordinal);
            if (found >= 0 && (first is null || from + found < first))
            {
                first = from + found;
            }
        }

        return first;
    }

    private static List<Token> Cut(List<Token> tokens, int length)
    {
        var kept = new List<Token>(tokens.Count);
        foreach (var token in tokens)
        {
            if (length <= 0)
            {
                break;
            }

            kept.Add(token.Text.Length <= length ? token : new Token(token.Text[..length]));
            length -= token.Text.Length;
        }

        kept.Add(Token.End);
        return kept;
    }
}
