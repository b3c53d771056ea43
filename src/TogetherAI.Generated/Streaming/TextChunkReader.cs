namespace TogetherAI;

/// <summary>Reads only the text of the answer; no object is made of the chunk.</summary>
internal sealed class TextChunkReader : ChunkReader<string>
{
    public TextChunkReader(StreamFormat format)
        : base(format)
    {
    }

    public override bool TryReadValue(ReadOnlySpan<byte> chunk)
    {
        if (Text == JsonTapeToken.None)
        {
            return false;
        }

        Value = JsonText.Decode(Tape.Bytes(Text, chunk), Tape.IsEscaped(Text));
        return true;
    }
}
