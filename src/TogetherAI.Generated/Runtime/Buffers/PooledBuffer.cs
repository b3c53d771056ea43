using System.Buffers;

namespace TogetherAI.Runtime.Buffers;

/// <summary>Bytes or numbers that are collected in an array of the shared pool.</summary>
internal sealed class PooledBuffer<T> : IDisposable
{
    // Array.MaxLength, which older frameworks do not name.
    private const int MaxLength = 0x7FFFFFC7;

    private T[] _items;

    public PooledBuffer(int capacity) => _items = ArrayPool<T>.Shared.Rent(capacity);

    public int Length { get; private set; }

    /// <summary>What has been collected; it must not be used any more once the buffer grows or is disposed.</summary>
    public ArraySegment<T> Items => new(_items, 0, Length);

    /// <summary>Room for more, of which <see cref="Advance"/> takes what was filled.</summary>
    public ArraySegment<T> Room()
    {
        GrowIfFull();
        return new ArraySegment<T>(_items, Length, _items.Length - Length);
    }

    public void Advance(int count) => Length += count;

    public void Add(T item)
    {
        GrowIfFull();
        _items[Length++] = item;
    }

    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(_items);
        _items = [];
        Length = 0;
    }

    /// <summary>How long the array becomes that is too short.</summary>
    internal static int NextLength(int length)
        => length < MaxLength ? (int)Math.Min(length * 2L, MaxLength) : throw new OutOfMemoryException("No array is longer.");

    private void GrowIfFull()
    {
        if (Length < _items.Length)
        {
            return;
        }

        var larger = ArrayPool<T>.Shared.Rent(NextLength(Length));
        _items.CopyTo(larger, 0);
        ArrayPool<T>.Shared.Return(_items);
        _items = larger;
    }
}
