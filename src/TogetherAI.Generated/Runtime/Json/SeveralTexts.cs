namespace TogetherAI.Runtime.Json;

/// <summary>The texts of a field that came under several of its names.</summary>
internal sealed class SeveralTexts
{
    private readonly string?[] _texts;

    /// <summary>Creates the text of one name, to which others are added.</summary>
    public SeveralTexts(int name, string text)
    {
        _texts = new string?[name + 1];
        _texts[name] = Joined = text;
    }

    /// <summary>Creates the texts of names that have come in pieces.</summary>
    /// <param name="texts">The text of each name.</param>
    /// <param name="joined">The texts in the order in which they came.</param>
    public SeveralTexts(string?[] texts, string joined) => (_texts, Joined) = (texts, joined);

    /// <summary>All texts, one after another, each once.</summary>
    public string? Joined { get; }

    public int Count => _texts.Length;

    /// <summary>The position of the first name with a text.</summary>
    public int Name => Math.Max(0, Array.FindIndex(_texts, static text => !string.IsNullOrEmpty(text)));

    public string? this[int name] => name < _texts.Length ? _texts[name] : null;

    /// <summary>The same with another text for one name.</summary>
    public SeveralTexts With(int name, string? text)
    {
        var texts = new string?[Math.Max(_texts.Length, name + 1)];
        _texts.CopyTo(texts, 0);
        texts[name] = text;
        return new SeveralTexts(texts);
    }

    private SeveralTexts(string?[] texts)
    {
        _texts = texts;
        Joined = texts.Aggregate(Join);
    }

    // A server that fills several mostly says the same in them.
    private static string? Join(string? first, string? second)
        => string.IsNullOrEmpty(second) || Begins(first, second!) ? first
            : string.IsNullOrEmpty(first) || Begins(second, first!) ? second
            : first + second;

    private static bool Begins(string? text, string beginning) => text?.StartsWith(beginning, StringComparison.Ordinal) == true;
}
