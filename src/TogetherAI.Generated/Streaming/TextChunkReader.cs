namespace TogetherAI;

/// <summary>Reads only the text of the first choice; no object is made of the chunk.</summary>
internal sealed class TextChunkReader : ChunkReader<string>
{
    public TextChunkReader(StreamFormat format)
        : base(format)
    {
    }

    public override string? Read(string eventType, ReadOnlySpan<byte> data)
    {
        if (!TryReadChunk(eventType, data, out var chunk))
        {
            return null;
        }

        Accept();
        return Text == JsonTapeToken.None ? null : JsonText.Decode(Tape.Bytes(Text, chunk), Tape.IsEscaped(Text));
    }
}
