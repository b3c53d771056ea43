namespace TogetherAI.LocalServer.Text;

/// <summary>
/// A text that ends a generation, found character by character (Knuth, Morris and Pratt): what has been read before is
/// never looked at again.
/// </summary>
internal sealed class StopSequence
{
    // For each beginning of the text: the length of the longest shorter beginning that it ends with.
    private readonly int[] _fallback;

    public StopSequence(string text)
    {
        Text = text;
        _fallback = new int[text.Length];
        for (var index = 1; index < text.Length; index++)
        {
            _fallback[index] = Next(_fallback[index - 1], text[index]);
        }
    }

    public string Text { get; }

    /// <summary>How many of the text's first characters have been read last.</summary>
    /// <param name="matched">The same before <paramref name="character"/>.</param>
    /// <param name="character">What is read.</param>
    public int Next(int matched, char character)
    {
        if (matched == Text.Length)
        {
            matched = _fallback[matched - 1];
        }

        while (matched > 0 && Text[matched] != character)
        {
            matched = _fallback[matched - 1];
        }

        return Text[matched] == character ? matched + 1 : 0;
    }
}
