namespace TogetherAI.Runtime.Streaming;

/// <summary>Turns the chunks of one stream into values.</summary>
internal abstract class ChunkReader<T> : EventReader
    where T : class
{
    protected ChunkReader(StreamFormat format)
        : base(format)
    {
    }

    /// <summary>The value of the last event that had one.</summary>
    public T Value { get; protected set; } = null!;
}
