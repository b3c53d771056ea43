namespace TogetherAI;

/// <summary>How much of a stream has come: so many events, or so many bytes where nobody looks for events.</summary>
internal readonly struct StreamAmount
{
    private readonly long _bytes;
    private readonly bool _isOfBytes;

    private StreamAmount(int events, long bytes, bool isOfBytes)
    {
        Events = events;
        _bytes = bytes;
        _isOfBytes = isOfBytes;
    }

    public int Events { get; }

    /// <summary>What is counted, in the singular.</summary>
    public string Unit => _isOfBytes ? "byte" : "event";

    public static StreamAmount OfEvents(int events) => new(events, 0, isOfBytes: false);

    public static StreamAmount OfBytes(long bytes) => new(0, bytes, isOfBytes: true);

    public override string ToString()
    {
        var count = _isOfBytes ? _bytes : Events;
        return count == 1 ? $"1 {Unit}" : $"{count} {Unit}s";
    }
}
