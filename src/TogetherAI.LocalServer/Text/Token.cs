namespace TogetherAI.LocalServer.Text;

/// <summary>A piece of text with a number in an imaginary vocabulary.</summary>
internal readonly record struct Token
{
    private const int VocabularySize = 32_000;

    // 0 to 2 are the unknown token, the beginning and the end, as in the vocabulary of Llama 2.
    private const int SpecialTokens = 3;

    public Token(string text)
        : this((int)(SpecialTokens + (StableHash.Of(text) % (VocabularySize - SpecialTokens))), text, isSpecial: false)
    {
    }

    private Token(int id, string text, bool isSpecial)
    {
        Id = id;
        Text = text;
        IsSpecial = isSpecial;
    }

    public static Token End { get; } = new(2, "</s>", isSpecial: true);

    public int Id { get; }

    public string Text { get; }

    public bool IsSpecial { get; }

    /// <summary>A made-up log probability that is always the same for the same token.</summary>
    public double LogProbability => Id % 1000 / -1000.0 is var value && value == 0 ? 0 : value;
}
