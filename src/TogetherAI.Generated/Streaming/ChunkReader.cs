namespace TogetherAI;

/// <summary>Turns the events of one stream into values.</summary>
internal abstract class ChunkReader<T> : EventReader
    where T : class
{
    protected ChunkReader(StreamFormat format)
        : base(format)
    {
    }

    /// <summary>Reads one event; the parser of the event stream calls it. Null where the event has no value.</summary>
    public abstract T? Read(string eventType, ReadOnlySpan<byte> data);
}
