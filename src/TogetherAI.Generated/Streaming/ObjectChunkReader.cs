namespace TogetherAI;

/// <summary>Reads chunks as the document's type.</summary>
internal sealed class ObjectChunkReader<TChunk> : ChunkReader<TChunk>
    where TChunk : class
{
    public ObjectChunkReader(StreamFormat format)
        : base(format)
    {
    }

    protected override StreamEvent<TChunk> Create(ReadOnlySpan<byte> data, in ChunkScanner scanner)
        => StreamEvent<TChunk>.Of(TogetherAIJson.Deserialize<TChunk>(data));
}
