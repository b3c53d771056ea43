using System.Buffers;

namespace TogetherAI;

/// <summary>Bytes that are collected in an array of the shared pool.</summary>
internal sealed class PooledBuffer : IDisposable
{
    private byte[] _bytes;

    public PooledBuffer(int capacity) => _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Room for more bytes, which <see cref="Advance"/> takes.</summary>
    public ArraySegment<byte> Room()
    {
        if (Length == _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Length * 2);
            Bytes.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return new ArraySegment<byte>(_bytes, Length, _bytes.Length - Length);
    }

    public void Advance(int count) => Length += count;

    /// <summary>Reads the bytes, or the first of them, as a stream.</summary>
    public MemoryStream Open(int mostBytes = int.MaxValue) => new(_bytes, 0, Math.Min(Length, mostBytes), writable: false);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }
}
