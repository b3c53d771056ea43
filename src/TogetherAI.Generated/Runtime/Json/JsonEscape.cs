#if NET8_0_OR_GREATER
using System.Buffers;
#endif
using System.Buffers.Text;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace TogetherAI.Runtime.Json;

/// <summary>The escapes of JSON strings (RFC 8259, 7).</summary>
internal static class JsonEscape
{
    /// <summary>The characters that stand in a string only as escapes, or end it. All are ASCII.</summary>
    public const string Special =
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000B\f\r\u000E\u000F"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F";

    /// <summary>Bytes of an escape that is a backslash and a letter.</summary>
    public const int SimpleLength = 2;

    /// <summary>Bytes of an escape that is a backslash, the letter "u" and four digits.</summary>
    public const int HexLength = 6;

    private static readonly byte[] SimpleCharacters = ByLetter();

#if NET8_0_OR_GREATER
    // By the character; 0 where there is no simple escape. The solidus needs none.
    private static readonly byte[] SimpleLetters = ByCharacter();

#endif

    /// <summary>What a backslash and this letter stand for; 0 where they are no escape, or the beginning of a longer one.</summary>
    public static char Simple(byte letter) => (char)SimpleCharacters[letter];

    /// <summary>Bytes of the escape that the text begins with; 0 where it is none.</summary>
    public static int Length(ReadOnlySpan<byte> json)
    {
        if (json.Length < SimpleLength)
        {
            return 0;
        }

        return Simple(json[1]) != 0 ? SimpleLength
            : json[1] == (byte)'u' && json.Length >= HexLength && IsHex(json.Slice(SimpleLength, HexLength - SimpleLength)) ? HexLength
            : 0;
    }

    /// <summary>What the escape that the text begins with stands for.</summary>
    /// <param name="json">The text, whose escapes are known to be right.</param>
    /// <param name="length">Bytes of the escape.</param>
    public static char Read(ReadOnlySpan<byte> json, out int length)
    {
        var character = Simple(json[1]);
        length = character != 0 ? SimpleLength : HexLength;
        return character != 0 ? character : ReadHex(json);
    }

    /// <summary>What the escape with four digits that the text begins with stands for.</summary>
    public static char ReadHex(ReadOnlySpan<byte> json)
    {
        Utf8Parser.TryParse(json.Slice(SimpleLength, HexLength - SimpleLength), out ushort code, out _, 'x');
        return (char)code;
    }

#if NET8_0_OR_GREATER
    /// <summary>Where escapes begin in a block of a string, a bit for each byte.</summary>
    /// <param name="block">The block.</param>
    /// <param name="isFirstEscaped">1 where the first byte belongs to an escape of the block before; then the same for the next one.</param>
    /// <remarks>
    /// In a run of backslashes every second one begins an escape. One subtraction tells for all runs at once: Langdale and
    /// Lemire, "Parsing gigabytes of JSON per second", 2019.
    /// </remarks>
    public static uint Starts(Vector256<byte> block, ref uint isFirstEscaped)
    {
        const uint Odd = 0xAAAA_AAAA;
        var backslashes = Vector256.Equals(block, Vector256.Create((byte)'\\')).ExtractMostSignificantBits();
        var candidates = backslashes & ~isFirstEscaped;
        var starts = ((((candidates << 1) | Odd) - candidates) ^ Odd) & backslashes;
        isFirstEscaped = starts >> 31;
        return starts;
    }

    /// <summary>Bytes that <see cref="WriteBlocks"/> needs for a block.</summary>
    public static int BlockRoom => Vector128<byte>.Count + HexLength;

    /// <summary>Writes a character of <see cref="Special"/> as its escape.</summary>
    /// <returns>The number of bytes.</returns>
    public static int Write(char character, Span<byte> utf8)
    {
        utf8[0] = (byte)'\\';
        utf8[1] = SimpleLetters[character];
        if (utf8[1] != 0)
        {
            return SimpleLength;
        }

        "\\u00"u8.CopyTo(utf8);
        Utf8Formatter.TryFormat((byte)character, utf8[4..], out _, new StandardFormat('x', 2));
        return HexLength;
    }

    /// <summary>Writes text as the inside of a string, as far as it is ASCII, fills whole blocks, and there is room for it.</summary>
    /// <param name="text">The text. Prose and code have an escape in nearly every line.</param>
    /// <param name="utf8">Where it is written.</param>
    /// <param name="written">The number of bytes.</param>
    /// <returns>The number of characters.</returns>
    public static int WriteBlocks(ReadOnlySpan<char> text, Span<byte> utf8, out int written)
    {
        var read = 0;
        written = 0;
        while (text.Length - read >= Vector128<byte>.Count && utf8.Length - written >= BlockRoom)
        {
            ref var source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text[read..]));
            var lower = Vector128.LoadUnsafe(ref source);
            var upper = Vector128.LoadUnsafe(ref source, (nuint)Vector128<ushort>.Count);
            if (((lower | upper) & Vector128.Create<ushort>(0xFF80)) != Vector128<ushort>.Zero)
            {
                break;
            }

            var block = Vector128.Narrow(lower, upper);
            block.CopyTo(utf8[written..]);
            var special = (Vector128.Equals(block, Vector128.Create((byte)'"'))
                | Vector128.Equals(block, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(block, Vector128.Create((byte)' '))).ExtractMostSignificantBits();
            var plain = special == 0 ? Vector128<byte>.Count : BitOperations.TrailingZeroCount(special);
            read += plain;
            written += plain;
            if (special != 0)
            {
                written += Write(text[read++], utf8[written..]);
            }
        }

        return read;
    }

    /// <summary>Whether what begins at certain bytes of a text is an escape everywhere.</summary>
    /// <param name="starts">A bit for each of the first bytes.</param>
    /// <param name="json">The text, which has more bytes than there are bits.</param>
    public static bool AreRight(uint starts, ReadOnlySpan<byte> json)
    {
        var letters = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(json), 1);
        for (starts &= ~AreSimple(letters); starts != 0; starts &= starts - 1)
        {
            if (Length(json.Slice(BitOperations.TrailingZeroCount(starts))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] ByCharacter()
    {
        var letters = new byte[128];
        foreach (var letter in "\"\\bfnrt"u8)
        {
            letters[Simple(letter)] = letter;
        }

        return letters;
    }

    private static uint AreSimple(Vector256<byte> letters)
    {
        var found = Vector256<byte>.Zero;
        foreach (var letter in "\"\\/bfnrt"u8)
        {
            found |= Vector256.Equals(letters, Vector256.Create(letter));
        }

        return found.ExtractMostSignificantBits();
    }
#endif

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

    private static byte[] ByLetter()
    {
        var characters = new byte[256];
        characters['"'] = (byte)'"';
        characters['\\'] = (byte)'\\';
        characters['/'] = (byte)'/';
        characters['b'] = (byte)'\b';
        characters['f'] = (byte)'\f';
        characters['n'] = (byte)'\n';
        characters['r'] = (byte)'\r';
        characters['t'] = (byte)'\t';
        return characters;
    }
}
