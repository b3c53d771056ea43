using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Faults;

/// <summary>
/// A response body that hands each event, once it is whole, to a fault. Other responses than event streams pass as they
/// are.
/// </summary>
internal sealed class EventStreamBody(HttpResponse response, Stream connection, FaultyEvents events) : Stream
{
    private readonly MemoryStream _pending = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private bool IsEventStream => response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!IsEventStream)
        {
            await connection.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            return;
        }

        _pending.Write(buffer.Span);
        while (TakeEvent() is { } bytes)
        {
            await events.SendAsync(bytes, connection, cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => connection.FlushAsync(cancellationToken);

    // The pipe over this stream flushes before it completes, and does so without waiting.
    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Sends what is no whole event; the endpoint has ended.</summary>
    public ValueTask SendRestAsync(CancellationToken cancellationToken)
        => connection.WriteAsync(_pending.GetBuffer().AsMemory(0, (int)_pending.Length), cancellationToken);

    private byte[]? TakeEvent()
    {
        var bytes = _pending.GetBuffer().AsSpan(0, (int)_pending.Length);
        var blank = bytes.IndexOf("\n\n"u8);
        if (blank < 0)
        {
            return null;
        }

        var taken = bytes[..(blank + 2)].ToArray();
        var rest = bytes[taken.Length..].ToArray();
        _pending.SetLength(0);
        _pending.Write(rest);
        return taken;
    }
}
