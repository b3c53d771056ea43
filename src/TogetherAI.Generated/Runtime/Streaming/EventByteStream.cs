using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Http;
#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
#endif

namespace TogetherAI.Runtime.Streaming;

/// <summary>
/// The bytes that the event parser reads. The parser buffers an event until its blank line comes; this keeps that
/// buffer bounded, and gives the last event of a stream that lacks its blank line a chance to be read.
/// </summary>
internal sealed class EventByteStream : ReadOnlyStream
{
    private const int MaxRead = 64 * 1024;
    private const int LineEndsOfEvent = 2;

    private readonly ReadOnlyStream _source;
    private readonly StreamProgress _progress;
    private readonly int _maxEventBytes;
    private readonly Func<Exception> _tooLarge;
    private readonly BareDoneLine _bareDone = new();

    private LeadingMark _mark;
    private long _pending;
    private long _counted;
    private long _lineLength;
    private LineState _line = LineState.Unknown;
    private int _missingLineEnds = LineEndsOfEvent;
    private bool _isAtEnd;
    private bool _endsWithReturn;

    public EventByteStream(ReadOnlyStream source, StreamProgress progress, ClientSettings settings, Func<Exception> tooLarge)
    {
        _source = source;
        _progress = progress;
        _maxEventBytes = settings.MaxEventBytes;
        Unexpected = new UnexpectedBody(settings.MaxErrorResponseBytes);
        _tooLarge = tooLarge;
    }

    private enum LineState
    {
        Unknown,
        Start,
        Comment,
        Other,
    }

    /// <summary>
    /// Whether the stream has ended and its last lines been completed: an event that is read from now on is one that the
    /// server did not complete. The end itself may have been read long before the events that precede it.
    /// </summary>
    public bool HasCompletedLastEvent => _missingLineEnds < LineEndsOfEvent;

    /// <summary>
    /// Whether the stream ended with the line <c>[DONE]</c> outside of any event, as Together's first guide to streaming
    /// described it.
    /// </summary>
    public bool EndsWithBareDone => _bareDone.IsFound;

    /// <summary>The beginning of a body that does not look like an event stream; null where it does.</summary>
    public UnexpectedBody? Unexpected { get; private set; }

    /// <summary>An event has been read; what is counted from now on belongs to the next one.</summary>
    public void EventRead()
    {
        // Lines are counted of large events alone.
        if (_pending > MaxRead)
        {
            _counted = 0;
            _lineLength = 0;
            _line = LineState.Unknown;
        }

        _pending = 0;
    }

#if NET8_0_OR_GREATER
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length > MaxRead)
        {
            buffer = buffer.Slice(0, MaxRead);
        }

        if (_isAtEnd)
        {
            return new ValueTask<int>(CompleteLastEvent(buffer.Span));
        }

        var read = _source.ReadAsync(buffer, cancellationToken);
        if (!read.IsCompletedSuccessfully)
        {
            return AwaitAsync(read, buffer, cancellationToken);
        }

        var count = Inspect(buffer.Span, read.Result);
        return count > 0 ? new ValueTask<int>(count) : ReadAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> AwaitAsync(ValueTask<int> read, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            count = await read.ConfigureAwait(false);
        }
        catch (TogetherAIException exception) when (IsHarmless(exception))
        {
            // Read as the end.
        }

        count = Inspect(buffer.Span, count);
        return count > 0 ? count : await ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
    }
#else
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        count = Math.Min(count, MaxRead);
        while (!_isAtEnd)
        {
            var read = 0;
            try
            {
                read = await _source.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
            }
            catch (TogetherAIException exception) when (IsHarmless(exception))
            {
                // Read as the end.
            }

            if (Inspect(buffer.AsSpan(offset, count), read) is > 0 and var length)
            {
                return length;
            }
        }

        return CompleteLastEvent(buffer.AsSpan(offset, count));
    }
#endif

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // A stream that has said all it had to say is whole, however the connection ends, or if it does not.
    private bool IsHarmless(TogetherAIException exception)
        => exception is TogetherAIStreamException { Failure: TogetherAIStreamFailure.ConnectionLost } or TogetherAITimeoutException { Phase: TogetherAITimeoutPhase.FirstEvent or TogetherAITimeoutPhase.StreamSilence }
            && (_progress.IsComplete || _bareDone.IsFound);

    // Returns how many bytes there are for the parser.
    private int Inspect(Span<byte> buffer, int count)
    {
        if (count == 0)
        {
            _isAtEnd = true;
            return 0;
        }

        count = CompleteLineEnd(buffer, count);
        var text = _mark.Skip(buffer.Slice(0, count));
        if (Unexpected?.TryAdd(text) == false)
        {
            Unexpected = null;
        }

        if (_bareDone.TryFind(text, out var end))
        {
            // Some servers keep the connection open behind it.
            _isAtEnd = true;
            count -= text.Length - end;
        }

        var bytes = buffer.Slice(0, count);
        _pending += count;
        if (_pending > MaxRead)
        {
            CountLines(bytes);
            if (_counted - MaxRead > _maxEventBytes)
            {
                throw _tooLarge();
            }
        }

        return count;
    }

    // A carriage return that comes last is a line end by itself, or half of one. The parser waits for the next byte to
    // know; a reader should not have to. So it becomes a line feed (and those before it, or the two would count as one),
    // and a line feed that follows is dropped.
    private int CompleteLineEnd(Span<byte> buffer, int count)
    {
        if (_endsWithReturn && buffer[0] == (byte)'\n')
        {
            count--;
            buffer.Slice(1, count).CopyTo(buffer);
        }

        _endsWithReturn = count > 0 && buffer[count - 1] == (byte)'\r';
        for (var last = count - 1; last >= 0 && buffer[last] == (byte)'\r'; last--)
        {
            buffer[last] = (byte)'\n';
        }

        return count;
    }

    // WHATWG HTML, 9.2.6: an event without its blank line is discarded. Many servers leave it out all the same; the reader
    // of the events decides whether what this completes is whole.
    private int CompleteLastEvent(Span<byte> buffer)
    {
        var count = Math.Min(_missingLineEnds, buffer.Length);
        buffer.Slice(0, count).Fill((byte)'\n');
        _missingLineEnds -= count;
        return count;
    }

    // A server may keep a silent stream alive with comments for hours. They are no part of an event, so whole lines of
    // them do not count; a comment that never ends does, because the parser buffers it. Nor does the line count that had
    // begun before anybody looked.
    private void CountLines(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_line == LineState.Start)
            {
                _line = bytes[0] == (byte)':' ? LineState.Comment : LineState.Other;
            }

            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            var length = end < 0 ? bytes.Length : end + 1;
            _counted += length;
            _lineLength += length;
            if (end < 0)
            {
                return;
            }

            // Blank lines between comments are nothing to keep either.
            if (_line != LineState.Other || _lineLength == 1)
            {
                _counted -= _lineLength;
            }

            _lineLength = 0;
            _line = LineState.Start;
            bytes = bytes.Slice(length);
        }
    }
}
