using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace TogetherAI.LocalServer.Text;

/// <summary>
/// Tokens that were made and not yet given out. A stop sequence may still take back the characters that could be its
/// beginning; so the invariant is that these are all held.
/// </summary>
internal sealed class HeldTokens(IReadOnlyList<StopSequence> stop)
{
    private readonly Queue<Token> _tokens = new();
    private readonly int[] _matched = new int[stop.Count];

    // Characters: of the held tokens, and of these the last ones that could begin a stop sequence.
    private int _length;
    private int _undecided;

    public bool IsEmpty => _tokens.Count == 0;

    /// <summary>Adds a token.</summary>
    /// <returns>True where a stop sequence appears with it: what is held is now the rest of the text, and its end.</returns>
    public bool Add(Token token)
    {
        _tokens.Enqueue(token);
        _length += token.Text.Length;
        if (FirstStop(token.Text) is { } length)
        {
            Cut(length);
            return true;
        }

        Debug.Assert(_undecided <= _length, "A token was given out that a stop sequence may still take back.");
        return false;
    }

    /// <summary>Adds the special token that ends a text.</summary>
    public void End() => _tokens.Enqueue(Token.End);

    /// <summary>Takes the next token.</summary>
    /// <param name="isComplete">Whether no other token will be added; until then one is kept, as it may be the last.</param>
    /// <param name="token">The token.</param>
    /// <returns>False where there is none, or where it may not be given out yet.</returns>
    public bool TryTake(bool isComplete, [MaybeNullWhen(false)] out Token token)
    {
        var mayTake = isComplete
            ? _tokens.Count > 0
            : _tokens.Count > 1 && _tokens.Peek().Text.Length <= _length - _undecided;
        token = mayTake ? _tokens.Dequeue() : default;
        _length -= mayTake ? token.Text.Length : 0;
        return mayTake;
    }

    // The earliest of those that end inside the newest token, as characters of the held text before it.
    private int? FirstStop(string newest)
    {
        int? first = null;
        _undecided = 0;
        for (var index = 0; index < _matched.Length; index++)
        {
            var matched = _matched[index];
            for (var position = 0; position < newest.Length; position++)
            {
                matched = stop[index].Next(matched, newest[position]);
                if (matched == stop[index].Text.Length)
                {
                    var start = _length - newest.Length + position + 1 - matched;
                    first = first is { } earlier && earlier <= start ? earlier : start;
                }
            }

            _matched[index] = matched;
            _undecided = Math.Max(_undecided, matched);
        }

        return first;
    }

    private void Cut(int length)
    {
        var tokens = _tokens.ToArray();
        _tokens.Clear();
        foreach (var token in tokens)
        {
            if (length <= 0)
            {
                break;
            }

            _tokens.Enqueue(token.Text.Length <= length ? token : new Token(token.Text[..length]));
            length -= token.Text.Length;
        }

        End();
    }
}
