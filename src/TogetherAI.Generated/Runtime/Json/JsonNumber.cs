namespace TogetherAI.Runtime.Json;

/// <summary>The grammar of JSON's numbers (RFC 8259, 6), for values that are looked at one by one.</summary>
internal static class JsonNumber
{
    /// <summary>What there is instead of a length where the bytes are no number.</summary>
    public const int None = -1;

    /// <summary>Bytes of the number that the text begins with.</summary>
    public static int Length(ReadOnlySpan<byte> json)
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
}
