namespace TogetherAI;

/// <summary>Reads chunks as the document's type.</summary>
internal sealed class ObjectChunkReader<TChunk> : ChunkReader<TChunk>
    where TChunk : class
{
    public ObjectChunkReader(StreamFormat format)
        : base(format)
    {
    }

    protected override TChunk Create(ReadOnlySpan<byte> data, JsonTape tape, int text)
        => TogetherAIJson.Deserialize<TChunk>(data, tape);
}
