namespace TogetherAI;

/// <summary>Reads only the text of the first choice; no object is made of the chunk.</summary>
internal sealed class TextChunkReader : ChunkReader<string>
{
    public TextChunkReader(StreamFormat format)
        : base(format)
    {
    }

    protected override string? Create(ReadOnlySpan<byte> data, JsonTape tape, int text)
        => text == JsonTapeToken.None ? null : JsonText.Decode(tape.Bytes(text, data), tape.IsEscaped(text));
}
