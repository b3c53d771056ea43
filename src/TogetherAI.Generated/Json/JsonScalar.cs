#if NET8_0_OR_GREATER
using System.Buffers;
using System.Text;
#endif

namespace TogetherAI;

/// <summary>The grammar of JSON's strings and numbers (RFC 8259, 6 and 7), for values that are looked at one by one.</summary>
internal static class JsonScalar
{
    /// <summary>What there is instead of a length where the bytes are no such value.</summary>
    public const int None = -1;

    // Most tokens are short, and escapes come in crowds: a loop is faster than a search while the end is near.
    private const int ShortRun = 16;

    private static readonly bool[] IsSpecial = SpecialBytes();

#if NET8_0_OR_GREATER
    private static readonly SearchValues<byte> Special = SearchValues.Create(Encoding.ASCII.GetBytes(JsonEscape.Special));
#endif

    /// <summary>Bytes of the string that begins behind its quotation mark, up to the one that ends it.</summary>
    public static int StringLength(ReadOnlySpan<byte> json, out bool isEscaped)
    {
        isEscaped = false;
        for (var length = PlainLength(json, 0); length < json.Length; length = PlainLength(json, length))
        {
            if (json[length] == (byte)'"')
            {
                return length;
            }

            var escape = json[length] == (byte)'\\' ? JsonEscape.Length(json.Slice(length)) : 0;
            if (escape == 0)
            {
                return None;
            }

            isEscaped = true;
            length += escape;
        }

        return None;
    }

    /// <summary>Bytes of the number that the text begins with.</summary>
    public static int NumberLength(ReadOnlySpan<byte> json)
    {
        var length = At(json, 0) == '-' ? 1 : 0;
        var whole = Digits(json, length);
        if (whole == 0 || (whole > 1 && json[length] == (byte)'0'))
        {
            return None;
        }

        length += whole;
        if (At(json, length) == '.')
        {
            var fraction = Digits(json, ++length);
            if (fraction == 0)
            {
                return None;
            }

            length += fraction;
        }

        return (At(json, length) | 0x20) == 'e' ? WithExponent(json, length + 1) : length;
    }

    private static int WithExponent(ReadOnlySpan<byte> json, int length)
    {
        length += At(json, length) is '+' or '-' ? 1 : 0;
        var digits = Digits(json, length);
        return digits == 0 ? None : length + digits;
    }

    private static int Digits(ReadOnlySpan<byte> json, int start)
    {
        var end = start;
        while (end < json.Length && json[end] is >= (byte)'0' and <= (byte)'9')
        {
            end++;
        }

        return end - start;
    }

    private static int At(ReadOnlySpan<byte> json, int position) => position < json.Length ? json[position] : 0;

    // Where what is plain ends: at a mark, at what cannot stand in a string, or at the end of the text.
    private static int PlainLength(ReadOnlySpan<byte> json, int start)
    {
        var isSpecial = IsSpecial;
        var near = Math.Min(json.Length, start + ShortRun);
        for (; start < near; start++)
        {
            if (isSpecial[json[start]])
            {
                return start;
            }
        }

#if NET8_0_OR_GREATER
        var far = json.Slice(start).IndexOfAny(Special);
        return far < 0 ? json.Length : start + far;
#else
        while (start < json.Length && !isSpecial[json[start]])
        {
            start++;
        }

        return start;
#endif
    }

    private static bool[] SpecialBytes()
    {
        var special = new bool[256];
        foreach (var character in JsonEscape.Special)
        {
            special[character] = true;
        }

        return special;
    }
}
