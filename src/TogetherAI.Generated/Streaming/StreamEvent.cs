namespace TogetherAI;

/// <summary>What one event of a stream is to its reader.</summary>
internal readonly struct StreamEvent<T>
{
    private StreamEvent(StreamEventKind kind, T? value)
    {
        Kind = kind;
        Value = value;
    }

    public static StreamEvent<T> Nothing => default;

    public static StreamEvent<T> Done => new(StreamEventKind.Done, default);

    public StreamEventKind Kind { get; }

    /// <summary>Set where <see cref="Kind"/> is <see cref="StreamEventKind.Value"/>.</summary>
    public T? Value { get; }

    public static StreamEvent<T> Of(T value) => new(StreamEventKind.Value, value);
}
