namespace TogetherAI.Runtime.Errors;

/// <summary>How much of a stream has come. Told in events, or in bytes where nobody looks for events.</summary>
internal readonly struct StreamAmount
{
    private readonly bool _isOfBytes;

    private StreamAmount(int events, long bytes, bool isOfBytes)
    {
        Events = events;
        Bytes = bytes;
        _isOfBytes = isOfBytes;
    }

    public int Events { get; }

    public long Bytes { get; }

    /// <summary>What is counted, in the singular.</summary>
    public string Unit => _isOfBytes ? "byte" : "event";

    private long Count => _isOfBytes ? Bytes : Events;

    public static StreamAmount OfEvents(int events, long bytes) => new(events, bytes, isOfBytes: false);

    public static StreamAmount OfBytes(long bytes) => new(0, bytes, isOfBytes: true);

    public override string ToString() => Count == 1 ? $"1 {Unit}" : $"{Count} {Unit}s";
}
