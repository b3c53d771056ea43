using TogetherAI.Runtime.Buffers;

namespace TogetherAI.Runtime.Http;

/// <summary>
/// A body that fails where it ends before the length that its headers announced (RFC 9110, 8.6). Not every HTTP stack
/// looks at that: the HTTP/2 of .NET takes such a body for a whole one.
/// </summary>
internal sealed class LengthCheckStream : ReadOnlyStream
{
    private readonly Stream _body;
    private readonly long _length;
    private long _received;

    public LengthCheckStream(Stream body, long length)
    {
        _body = body;
        _length = length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(_body.Read(buffer, offset, count), count);

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => Count(await _body.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false), count);

#if NET8_0_OR_GREATER
    public override int Read(Span<byte> buffer) => Count(_body.Read(buffer), buffer.Length);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => Count(await _body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);
#endif

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read, int room)
    {
        _received += read;
        return read > 0 || room == 0 || _received >= _length
            ? read
            : throw new IOException($"The response ended after {_received} of {_length} bytes.");
    }
}
