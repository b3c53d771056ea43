namespace TogetherAI;

/// <summary>Reads chunks as the document's type.</summary>
internal sealed class ObjectChunkReader<TChunk> : ChunkReader<TChunk>
    where TChunk : class
{
    public ObjectChunkReader(StreamFormat format)
        : base(format)
    {
    }

    protected override StreamEvent<TChunk> Create(ReadOnlySpan<byte> data, ChunkText text)
        => StreamEvent<TChunk>.Of(TogetherAIJson.Deserialize<TChunk>(data));
}
