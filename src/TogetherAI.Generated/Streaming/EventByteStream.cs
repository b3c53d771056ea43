namespace TogetherAI;

/// <summary>
/// The bytes that the event parser reads. The parser buffers an event until its blank line comes; this keeps that
/// buffer bounded, and gives the last event of a stream that lacks its blank line a chance to be read.
/// </summary>
internal sealed class EventByteStream : Stream
{
    private const int MaxRead = 64 * 1024;
    private const int TailLength = 16;

    private static readonly byte[] BlankLine = "\n\n"u8.ToArray();
    private static readonly byte[] BareDone = "\n[done]"u8.ToArray();

    private readonly ResponseStream _source;
    private readonly int _maxEventBytes;
    private readonly Func<Exception> _tooLarge;
    private readonly byte[] _tail = new byte[TailLength];

    private long _pending;
    private long _comment;
    private LineState _line = LineState.Unknown;

    public EventByteStream(ResponseStream source, int maxEventBytes, Func<Exception> tooLarge)
    {
        _source = source;
        _maxEventBytes = maxEventBytes;
        _tooLarge = tooLarge;
        _tail[TailLength - 1] = (byte)'\n';
    }

    private enum LineState
    {
        Unknown,
        Start,
        Comment,
        Other,
    }

    /// <summary>Whether the server has closed the stream in an orderly way.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>
    /// Whether the stream ended with the line <c>[DONE]</c> outside of any event, as Together's first guide to streaming
    /// described it.
    /// </summary>
    public bool EndsWithBareDone
    {
        get
        {
            var end = TailLength;
            while (end > 0 && _tail[end - 1] is (byte)'\n' or (byte)'\r' or (byte)' ')
            {
                end--;
            }

            var start = end - BareDone.Length;
            if (start < 0 || _tail[start] is not ((byte)'\n' or (byte)'\r'))
            {
                return false;
            }

            for (var i = 1; i < BareDone.Length; i++)
            {
                if ((_tail[start + i] | 0x20) != (BareDone[i] | 0x20))
                {
                    return false;
                }
            }

            return true;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>An event has been read; what is counted from now on belongs to the next one.</summary>
    public void EventRead()
    {
        _pending = 0;
        _comment = 0;
        _line = LineState.Unknown;
    }

#if NET8_0_OR_GREATER
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsAtEnd)
        {
            return new ValueTask<int>(0);
        }

        buffer = buffer.Slice(0, Math.Min(buffer.Length, MaxRead));
        var read = _source.ReadAsync(buffer, cancellationToken);
        return read.IsCompletedSuccessfully ? new ValueTask<int>(Inspect(buffer.Span, read.Result)) : AwaitAsync(read, buffer);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private async ValueTask<int> AwaitAsync(ValueTask<int> read, Memory<byte> buffer)
    {
        var count = await read.ConfigureAwait(false);
        return Inspect(buffer.Span, count);
    }
#else
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (IsAtEnd)
        {
            return 0;
        }

        var length = Math.Min(count, MaxRead);
        var read = await _source.ReadAsync(buffer, offset, length, cancellationToken).ConfigureAwait(false);
        return Inspect(buffer.AsSpan(offset, length), read);
    }
#endif

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Inspect(Span<byte> buffer, int count)
    {
        if (count == 0)
        {
            // WHATWG HTML, 9.2.6: an event without its blank line is discarded. Many servers leave it out all the same;
            // the reader of the events decides whether what this completes is whole.
            IsAtEnd = true;
            BlankLine.AsSpan().CopyTo(buffer);
            return Math.Min(BlankLine.Length, buffer.Length);
        }

        var bytes = buffer.Slice(0, count);
        KeepTail(bytes);
        _pending += count;
        if (_pending > MaxRead)
        {
            DiscountComments(bytes);
            if (_pending - MaxRead > _maxEventBytes)
            {
                throw _tooLarge();
            }
        }

        return count;
    }

    private void KeepTail(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= TailLength)
        {
            bytes.Slice(bytes.Length - TailLength).CopyTo(_tail);
            return;
        }

        _tail.AsSpan(bytes.Length).CopyTo(_tail);
        bytes.CopyTo(_tail.AsSpan(TailLength - bytes.Length));
    }

    // A server may keep a silent stream alive with comments for hours. They are no part of an event, so whole lines of
    // them do not count; a comment that never ends does, because the parser buffers it.
    private void DiscountComments(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_line == LineState.Start)
            {
                _line = bytes[0] == (byte)':' ? LineState.Comment : LineState.Other;
            }

            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            var length = end < 0 ? bytes.Length : end + 1;
            if (_line == LineState.Comment)
            {
                _comment += length;
            }

            if (end < 0)
            {
                return;
            }

            // Blank lines between comments are nothing to keep either.
            _pending -= _line == LineState.Comment ? _comment : length == 1 ? 1 : 0;
            _comment = 0;
            _line = LineState.Start;
            bytes = bytes.Slice(length);
        }
    }
}
