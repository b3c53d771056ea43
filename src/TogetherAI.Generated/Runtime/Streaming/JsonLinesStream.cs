using TogetherAI.Runtime.Buffers;
#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
#endif

namespace TogetherAI.Runtime.Streaming;

/// <summary>
/// Writes JSON that comes line by line as an event stream, an event for each line, so that one reader serves both. Records of
/// a JSON text sequence (RFC 7464), which begin with a record separator, may have several lines.
/// </summary>
/// <remarks>Invariant: what has been read and not yet written lies between <c>_start</c> and <c>_end</c>.</remarks>
internal sealed class JsonLinesStream : ReadOnlyStream
{
    private const int InputSize = 8 * 1024;
    private const byte RecordSeparator = 0x1E;

    private readonly ResponseStream _source;
    private readonly byte[] _input = new byte[InputSize];
    private int _start;
    private int _end;
    private int _prefix;
    private bool _isInLine;
    private bool _isSequence;
    private JsonNesting _nesting;
    private bool _owesBlankLine;

    public JsonLinesStream(ResponseStream source) => _source = source;

    private static ReadOnlySpan<byte> Prefix => "data:"u8;

#if NET8_0_OR_GREATER
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = Write(buffer.Span);
        return count > 0 || buffer.IsEmpty ? new ValueTask<int>(count) : FillAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = 0;
        while (count == 0)
        {
            _start = 0;
            _end = await _source.ReadAsync(_input, cancellationToken).ConfigureAwait(false);
            if (_end == 0)
            {
                return 0;
            }

            count = Write(buffer.Span);
        }

        return count;
    }
#else
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var written = Write(buffer.AsSpan(offset, count));
        while (written == 0 && count > 0)
        {
            _start = 0;
            _end = await _source.ReadAsync(_input, 0, _input.Length, cancellationToken).ConfigureAwait(false);
            if (_end == 0)
            {
                return 0;
            }

            written = Write(buffer.AsSpan(offset, count));
        }

        return written;
    }
#endif

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // A line break within a value is white space of JSON; in an event stream it would end the line.
    private static void Flatten(Span<byte> line)
    {
        for (var position = line.IndexOfAny((byte)'\r', (byte)'\n'); position >= 0; position = line.IndexOfAny((byte)'\r', (byte)'\n'))
        {
            line[position] = (byte)' ';
            line = line.Slice(position + 1);
        }
    }

    // Writes as much as there is, and as much as there is room for.
    private int Write(Span<byte> target)
    {
        var written = 0;
        while (written < target.Length)
        {
            if (_owesBlankLine)
            {
                _owesBlankLine = false;
                target[written++] = (byte)'\n';
            }
            else if (_isInLine && _prefix < Prefix.Length)
            {
                target[written++] = Prefix[_prefix++];
            }
            else if (_start == _end)
            {
                break;
            }
            else if (_isInLine)
            {
                written += CopyLine(target.Slice(written));
            }
            else if (_input[_start] is (byte)'\n' or (byte)'\r' or RecordSeparator)
            {
                _isSequence |= _input[_start++] == RecordSeparator;
            }
            else
            {
                _isInLine = true;
                _prefix = 0;
                _nesting = default;
            }
        }

        return written;
    }

    private int CopyLine(Span<byte> target)
    {
        var rest = _input.AsSpan(_start, Math.Min(_end - _start, target.Length));
        var end = _isSequence ? EndOfRecord(rest) : rest.IndexOf((byte)'\n');
        var count = end < 0 ? rest.Length : end + 1;
        rest = rest.Slice(0, count);
        rest.CopyTo(target);
        Flatten(target.Slice(0, end < 0 ? count : end));
        if (end >= 0)
        {
            target[end] = (byte)'\n';
        }

        _start += count;
        _isInLine = end < 0;
        _owesBlankLine = end >= 0;
        return count;
    }

    // A line break ends a record only behind its value. A separator begins the next one, whatever is missing.
    private int EndOfRecord(ReadOnlySpan<byte> bytes)
    {
        for (var position = 0; position < bytes.Length; position++)
        {
            if (bytes[position] == RecordSeparator || (bytes[position] == '\n' && _nesting.IsOutside))
            {
                return position;
            }

            _nesting.Add(bytes[position]);
        }

        return -1;
    }
}
