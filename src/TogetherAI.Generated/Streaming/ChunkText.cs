namespace TogetherAI;

/// <summary>The text of a chunk, still as the bytes between its quotation marks.</summary>
internal readonly ref struct ChunkText
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly bool _isEscaped;

    public ChunkText(ReadOnlySpan<byte> utf8, bool isEscaped)
    {
        _utf8 = utf8;
        _isEscaped = isEscaped;
    }

    public bool IsEmpty => _utf8.IsEmpty;

    public override string ToString() => _isEscaped ? TogetherAIJson.Unescape(_utf8) : TogetherAIJson.Decode(_utf8);
}
