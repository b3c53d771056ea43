using System.Buffers.Text;

namespace TogetherAI;

/// <summary>The escapes of JSON strings (RFC 8259, 7).</summary>
internal static class JsonEscape
{
    /// <summary>The characters that stand in a string only as escapes, or end it. All are ASCII.</summary>
    public const string Special =
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000B\f\r\u000E\u000F"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F";

    private const int SimpleLength = 2;
    private const int HexLength = 6;

    // By the letter behind the backslash; 0 where it is none of these.
    private static readonly byte[] Simple = Letters();

    /// <summary>Bytes of the escape that the text begins with; 0 where it is none.</summary>
    public static int Length(ReadOnlySpan<byte> json)
    {
        if (json.Length < SimpleLength)
        {
            return 0;
        }

        return Simple[json[1]] != 0 ? SimpleLength
            : json[1] == (byte)'u' && json.Length >= HexLength && IsHex(json.Slice(SimpleLength, HexLength - SimpleLength)) ? HexLength
            : 0;
    }

    /// <summary>What the escape that the text begins with stands for.</summary>
    /// <param name="json">The text, whose escapes are known to be right.</param>
    /// <param name="length">Bytes of the escape.</param>
    public static char Read(ReadOnlySpan<byte> json, out int length)
    {
        length = SimpleLength;
        var letter = Simple[json[1]];
        return letter != 0 ? (char)letter : ReadHex(json, out length);
    }

    private static char ReadHex(ReadOnlySpan<byte> json, out int length)
    {
        length = HexLength;
        Utf8Parser.TryParse(json.Slice(SimpleLength, HexLength - SimpleLength), out ushort code, out _, 'x');
        return (char)code;
    }

    private static bool IsHex(ReadOnlySpan<byte> digits)
    {
        foreach (var digit in digits)
        {
            if (digit is not (>= (byte)'0' and <= (byte)'9') && (digit | 0x20) is not (>= 'a' and <= 'f'))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Letters()
    {
        var letters = new byte[256];
        letters['"'] = (byte)'"';
        letters['\\'] = (byte)'\\';
        letters['/'] = (byte)'/';
        letters['b'] = (byte)'\b';
        letters['f'] = (byte)'\f';
        letters['n'] = (byte)'\n';
        letters['r'] = (byte)'\r';
        letters['t'] = (byte)'\t';
        return letters;
    }
}
