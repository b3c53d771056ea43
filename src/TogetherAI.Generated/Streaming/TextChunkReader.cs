namespace TogetherAI;

/// <summary>Reads only the text of the first choice; no object is made of the chunk.</summary>
internal sealed class TextChunkReader : ChunkReader<string>
{
    public TextChunkReader(StreamFormat format)
        : base(format)
    {
    }

    protected override StreamEvent<string> Create(ReadOnlySpan<byte> data, ChunkText text)
        => text.IsEmpty ? StreamEvent<string>.Nothing : StreamEvent<string>.Of(text.ToString());
}
