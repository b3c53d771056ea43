using System.Buffers;
using System.Text;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads text that was decoded into a pooled buffer.</summary>
internal sealed class PooledTextReader : TextReader
{
    private readonly int _length;
    private char[]? _buffer;
    private int _position;

    private PooledTextReader(char[] buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    public static PooledTextReader Decode(ReadOnlySpan<byte> utf8)
    {
        var buffer = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(utf8.Length));
#if NET8_0_OR_GREATER
        var length = Encoding.UTF8.GetChars(utf8, buffer);
#else
        var bytes = utf8.ToArray();
        var length = Encoding.UTF8.GetChars(bytes, 0, bytes.Length, buffer, 0);
#endif
        var hasEscapes = utf8.IndexOf("\\ud"u8) >= 0 || utf8.IndexOf("\\uD"u8) >= 0;
        return new PooledTextReader(buffer, hasEscapes ? EscapedSurrogates.Unescape(buffer.AsSpan(0, length)) : length);
    }

    public override int Peek() => _position < _length ? _buffer![_position] : -1;

    public override int Read() => _position < _length ? _buffer![_position++] : -1;

    public override int Read(char[] buffer, int index, int count)
    {
        var length = Math.Min(count, _length - _position);
        Array.Copy(_buffer!, _position, buffer, index, length);
        _position += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<char>.Shared.Return(buffer);
        }

        base.Dispose(disposing);
    }
}
