using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>Reads chunks as the document's type.</summary>
internal sealed class ObjectChunkReader<TChunk> : ChunkReader<TChunk>
    where TChunk : class
{
    public ObjectChunkReader(StreamFormat format)
        : base(format)
    {
    }

    public override bool TryReadValue(string eventType, ReadOnlySpan<byte> chunk)
    {
        Value = ApiJson.Deserialize<TChunk>(chunk, Tape);
        return true;
    }

    protected override StreamEvent? ReadUnknown(string eventType, ReadOnlySpan<byte> data)
    {
        if (!Format.IsOpen || new JValue(ApiJson.Decode(data)) is not TChunk text)
        {
            return null;
        }

        Value = text;
        return StreamEvent.Value;
    }
}
