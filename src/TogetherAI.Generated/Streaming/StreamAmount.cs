namespace TogetherAI;

/// <summary>How much of a stream has come: so many events, or so many bytes where nobody looks for events.</summary>
internal readonly struct StreamAmount
{
    private readonly long _count;
    private readonly bool _isOfBytes;

    private StreamAmount(long count, bool isOfBytes)
    {
        _count = count;
        _isOfBytes = isOfBytes;
    }

    public int Events => _isOfBytes ? 0 : (int)_count;

    /// <summary>What is counted, in the singular.</summary>
    public string Unit => _isOfBytes ? "byte" : "event";

    public static StreamAmount OfEvents(int events) => new(events, isOfBytes: false);

    public static StreamAmount OfBytes(long bytes) => new(bytes, isOfBytes: true);

    public override string ToString() => _count == 1 ? $"1 {Unit}" : $"{_count} {Unit}s";
}
