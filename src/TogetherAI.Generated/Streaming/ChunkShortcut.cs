#if NET8_0_OR_GREATER
using System.Buffers;
#endif
using System.Text.Json;

namespace TogetherAI;

/// <summary>
/// Saves the scan of chunks that are like the one before. The chunks of a stream differ in little but their text: where
/// the bytes before the text are those of a scanned chunk, the text begins at the same place, because equal bytes lead
/// a JSON reader to an equal state. What follows the text is then either equal too, or only read for being JSON and
/// searched for the few names that could say something new; whenever one of them may be there, the chunk is scanned as a
/// whole.
/// </summary>
internal sealed class ChunkShortcut
{
#if NET8_0_OR_GREATER
    private static readonly SearchValues<byte> EndOfPlainText = SearchValues.Create(EndBytes());
#endif

    private readonly byte[][] _telling;
    private readonly byte[][] _nullable;
    private byte[] _head = [];
    private byte[] _tail = [];
    private int _headLength;
    private int _tailLength;
    private JsonReaderState _stateBehindText;

    public ChunkShortcut(StreamFormat format)
    {
        _telling = ["error"u8.ToArray(), format.Index.EncodedUtf8Bytes.ToArray()];
        _nullable = [format.FinishReason.EncodedUtf8Bytes.ToArray(), .. format.Final.Select(name => name.EncodedUtf8Bytes.ToArray())];
    }

    /// <summary>Finds the text of a chunk that says nothing else than the remembered one.</summary>
    public bool TryFindText(ReadOnlySpan<byte> json, out ChunkText text)
    {
        text = default;
        if (_headLength == 0 || !json.StartsWith(_head.AsSpan(0, _headLength)))
        {
            return false;
        }

        var rest = json.Slice(_headLength);
#if NET8_0_OR_GREATER
        var length = rest.IndexOfAny(EndOfPlainText);
#else
        var length = rest.IndexOfAny((byte)'"', (byte)'\\');
#endif
        if (length <= 0 || rest[length] != (byte)'"')
        {
            return false;
        }

        text = new ChunkText(rest.Slice(0, length), isEscaped: false);
        rest = rest.Slice(length);
        return rest.SequenceEqual(_tail.AsSpan(0, _tailLength)) || IsQuiet(rest);
    }

    /// <summary>Remembers a scanned chunk that has a text and says nothing else.</summary>
    public void Remember(ReadOnlySpan<byte> json, int textStart, int textLength, JsonReaderState stateBehindText)
    {
        _stateBehindText = stateBehindText;
        _headLength = Copy(json.Slice(0, textStart), ref _head);
        _tailLength = Copy(json.Slice(textStart + textLength), ref _tail);
    }

    private static int Copy(ReadOnlySpan<byte> bytes, ref byte[] buffer)
    {
        if (buffer.Length < bytes.Length)
        {
            buffer = new byte[bytes.Length * 2];
        }

        bytes.CopyTo(buffer);
        return bytes.Length;
    }

#if NET8_0_OR_GREATER
    // RFC 8259, 7: these must be escaped in a string.
    private static byte[] EndBytes() => [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(control => (byte)control)];
#endif

    private bool IsQuiet(ReadOnlySpan<byte> rest)
    {
        // Without escapes a name can only be spelled in one way. The names are searched without their quotation marks:
        // the search looks for first and last bytes, and marks are everywhere.
        if (rest[rest.Length - 1] != (byte)'}' || rest.IndexOf((byte)'\\') >= 0)
        {
            return false;
        }

        foreach (var name in _telling)
        {
            if (rest.IndexOf(name) >= 0)
            {
                return false;
            }
        }

        foreach (var name in _nullable)
        {
            var at = rest.IndexOf(name);
            if (at >= 0 && !rest.Slice(at + name.Length).StartsWith("\":null"u8))
            {
                return false;
            }
        }

        return IsWellFormed(rest.Slice(1));
    }

    private bool IsWellFormed(ReadOnlySpan<byte> behindText)
    {
        var reader = new Utf8JsonReader(behindText, isFinalBlock: true, _stateBehindText);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            // The scan of the whole chunk says what is wrong, and where.
            return false;
        }
    }
}
