namespace TogetherAI.Runtime.Buffers;

/// <summary>Reads a stream of bytes line by line, holding one line at a time. A byte order mark and the ends of lines are left out.</summary>
internal sealed class LineReader(Stream stream, int maxLineBytes)
{
    private byte[] _buffer = new byte[32 * 1024];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>The number of the present line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The bytes of the present line, until the next is read.</summary>
    public ArraySegment<byte> Line { get; private set; }

    /// <summary>Goes on to the next line; false behind the last one.</summary>
    /// <exception cref="InvalidDataException">The line is too long.</exception>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var searched = _start;
        while (true)
        {
            var found = Array.IndexOf(_buffer, (byte)'\n', searched, _end - searched);
            if (found >= 0)
            {
                Take(found, next: found + 1);
                return true;
            }

            if (_isAtEnd)
            {
                if (_start == _end)
                {
                    return false;
                }

                Take(_end, next: _end);
                return true;
            }

            searched = _end - _start;
            MakeRoom();
            var read = await stream.ReadAsync(_buffer, _end, _buffer.Length - _end, cancellationToken).ConfigureAwait(false);
            _end += read;
            _isAtEnd = read == 0;
        }
    }

    private void Take(int end, int next)
    {
        Number++;
        if (Number == 1 && end - _start >= 3 && _buffer[_start] == 0xEF && _buffer[_start + 1] == 0xBB && _buffer[_start + 2] == 0xBF)
        {
            _start += 3;
        }

        var length = end - _start;
        Line = new ArraySegment<byte>(_buffer, _start, length > 0 && _buffer[end - 1] == '\r' ? length - 1 : length);
        _start = next;
    }

    private void MakeRoom()
    {
        var length = _end - _start;
        if (length > maxLineBytes)
        {
            throw new InvalidDataException($"Line {Number + 1} is longer than {maxLineBytes} bytes.");
        }

        var target = length == _buffer.Length ? new byte[length * 2] : _buffer;
        Buffer.BlockCopy(_buffer, _start, target, 0, length);
        (_buffer, _start, _end) = (target, 0, length);
    }
}
