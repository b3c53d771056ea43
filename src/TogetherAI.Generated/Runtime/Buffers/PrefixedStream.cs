namespace TogetherAI.Runtime.Buffers;

/// <summary>A stream of which the first bytes have been read already; they come again.</summary>
internal sealed class PrefixedStream : ReadOnlyStream
{
    private readonly byte[] _prefix;
    private readonly int _length;
    private readonly Stream _rest;
    private int _position;

    public PrefixedStream(byte[] prefix, int length, Stream rest)
    {
        _prefix = prefix;
        _length = length;
        _rest = rest;
    }

    public override int Read(byte[] buffer, int offset, int count)
        => _position < _length ? ReadPrefix(buffer, offset, count) : _rest.Read(buffer, offset, count);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => _position < _length
            ? Task.FromResult(ReadPrefix(buffer, offset, count))
            : _rest.ReadAsync(buffer, offset, count, cancellationToken);

#if NET8_0_OR_GREATER
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == _length)
        {
            return _rest.ReadAsync(buffer, cancellationToken);
        }

        var count = Math.Min(buffer.Length, _length - _position);
        _prefix.AsSpan(_position, count).CopyTo(buffer.Span);
        _position += count;
        return new ValueTask<int>(count);
    }
#endif

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rest.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadPrefix(byte[] buffer, int offset, int count)
    {
        count = Math.Min(count, _length - _position);
        Array.Copy(_prefix, _position, buffer, offset, count);
        _position += count;
        return count;
    }
}
