using Newtonsoft.Json;

namespace TogetherAI;

/// <summary>Reads chunks as the document's type.</summary>
internal sealed class ObjectChunkReader<TChunk> : ChunkReader<TChunk>
    where TChunk : class
{
    public ObjectChunkReader(StreamFormat format)
        : base(format)
    {
    }

    public override TChunk? Read(string eventType, ReadOnlySpan<byte> data)
    {
        if (!TryReadChunk(eventType, data, out var chunk))
        {
            return null;
        }

        try
        {
            var value = TogetherAIJson.Deserialize<TChunk>(chunk, Tape);
            Accept();
            return value;
        }
        catch (JsonException exception)
        {
            Reject(eventType, chunk, exception);
            return null;
        }
    }
}
