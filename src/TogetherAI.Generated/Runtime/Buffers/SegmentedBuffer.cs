using System.Buffers;

namespace TogetherAI.Runtime.Buffers;

/// <summary>Bytes to send, kept in pieces, so that more of them never means to copy those that are there.</summary>
internal sealed class SegmentedBuffer : Stream
{
    // Most bodies fit. They stay readable after Dispose, for as long as their stream is open: as a copy of their size.
    private const int FirstSize = 2 * 1024;

    // Anything larger would be a large object.
    private const int LargestSize = 64 * 1024;

    private readonly List<Segment> _segments = [];
    private long _length;
    private int _readers;
    private bool _isDisposed;
    private bool _isReturned;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>Whether the bytes stay, also when the buffer is disposed.</summary>
    public bool IsSmall => _segments.Count <= 1;

    /// <summary>All of it, for as long as the buffer is not disposed; afterwards there may be nothing.</summary>
    public ReadOnlySequence<byte> Bytes
    {
        get
        {
            if (_segments.Count == 0)
            {
                return ReadOnlySequence<byte>.Empty;
            }

            var first = new Link(_segments[0], before: null);
            var last = first;
            foreach (var segment in _segments.Skip(1))
            {
                last = new Link(segment, last);
            }

            return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }
    }

    private Segment? Last => _segments.Count == 0 ? null : _segments[_segments.Count - 1];

    /// <summary>Room for at least so many bytes, which must not be more than a few.</summary>
    public Span<byte> Free(int minimum)
    {
        var last = Last;
        if (last is null || last.Bytes.Length - last.Used < minimum)
        {
            last = new Segment(ArrayPool<byte>.Shared.Rent(last is null ? FirstSize : Math.Min(last.Bytes.Length * 2, LargestSize)));
            _segments.Add(last);
        }

        return last.Bytes.AsSpan(last.Used);
    }

    /// <summary>Takes bytes that were written into <see cref="Free"/>.</summary>
    public void Advance(int count)
    {
        Last!.Used += count;
        _length += count;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        for (var rest = buffer.AsSpan(offset, count); !rest.IsEmpty;)
        {
            var free = Free(1);
            var length = Math.Min(rest.Length, free.Length);
            rest.Slice(0, length).CopyTo(free);
            Advance(length);
            rest = rest.Slice(length);
        }
    }

    /// <summary>A copy of the bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[_length];
        var start = 0;
        foreach (var segment in _segments)
        {
            segment.Bytes.AsSpan(0, segment.Used).CopyTo(bytes.AsSpan(start));
            start += segment.Used;
        }

        return bytes;
    }

    /// <summary>Writes all of it to another stream; as often as needed, until the buffer is disposed.</summary>
    /// <returns>False where it is not there any more; then nothing was written.</returns>
    public async Task<bool> TrySendAsync(Stream target, CancellationToken cancellationToken)
    {
        if (!TryBeginRead())
        {
            return false;
        }

        try
        {
            foreach (var segment in _segments)
            {
                await target.WriteAsync(segment.Bytes, 0, segment.Used, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            EndRead();
        }

        return true;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Returns what came from the pool, and gives up what is not used, as soon as nobody sends it any more.</summary>
    protected override void Dispose(bool disposing)
    {
        lock (_segments)
        {
            _isDisposed = true;
            ReturnUnused();
        }

        base.Dispose(disposing);
    }

    private bool TryBeginRead()
    {
        lock (_segments)
        {
            if (_segments.Count == 0)
            {
                return false;
            }

            _readers++;
            return true;
        }
    }

    private void EndRead()
    {
        lock (_segments)
        {
            _readers--;
            ReturnUnused();
        }
    }

    private void ReturnUnused()
    {
        if (!_isDisposed || _readers > 0 || _isReturned)
        {
            return;
        }

        _isReturned = true;
        var kept = IsSmall ? ToArray() : null;
        foreach (var segment in _segments)
        {
            ArrayPool<byte>.Shared.Return(segment.Bytes);
        }

        _segments.Clear();
        if (kept is not null)
        {
            _segments.Add(new Segment(kept) { Used = kept.Length });
        }
    }

    private sealed class Segment(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public int Used { get; set; }
    }

    private sealed class Link : ReadOnlySequenceSegment<byte>
    {
        public Link(Segment segment, Link? before)
        {
            Memory = segment.Bytes.AsMemory(0, segment.Used);
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
