using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>Reads only the text of the response; no object is made of the chunk.</summary>
internal sealed class TextChunkReader : ChunkReader<string>
{
    public TextChunkReader(StreamFormat format)
        : base(format)
    {
    }

    public override bool TryReadValue(string eventType, ReadOnlySpan<byte> chunk)
    {
        if (Text == JsonTapeToken.None)
        {
            return false;
        }

        Value = JsonText.Decode(Tape.Bytes(Text, chunk), Tape.IsEscaped(Text));
        return true;
    }

    protected override StreamEvent? ReadUnknown(string eventType, ReadOnlySpan<byte> data)
    {
        if (!Format.IsText)
        {
            return StreamEvent.Nothing;
        }

        Value = ApiJson.Decode(data);
        return StreamEvent.Value;
    }
}
