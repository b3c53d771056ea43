#if NET8_0_OR_GREATER
namespace TogetherAI.Runtime.Json;

/// <summary>
/// Reads numbers of up to 15 digits without an exponent, which nearly all are. Their digits and the power of ten are both
/// exact as floating-point numbers, so that one division rounds correctly (Clinger, "How to read floating point numbers
/// accurately", 1990).
/// </summary>
internal static class Utf8Decimal
{
    private const int MostDigits = 15;

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads a number of JSON; false where it is of another kind.</summary>
    public static bool TryRead(ReadOnlySpan<byte> number, out double value)
    {
        value = 0;
        var isNegative = number[0] == (byte)'-';
        var digits = 0L;
        var places = 0;
        var hasPoint = false;
        number = isNegative ? number.Slice(1) : number;
        if (number.Length > MostDigits + 1)
        {
            return false;
        }

        foreach (var next in number)
        {
            if (next is >= (byte)'0' and <= (byte)'9')
            {
                digits = (digits * 10) + (next - '0');
                places += hasPoint ? 1 : 0;
            }
            else if (next == (byte)'.')
            {
                hasPoint = true;
            }
            else
            {
                return false;
            }
        }

        value = digits / PowersOfTen[places];
        value = isNegative ? -value : value;

        // A sixteenth digit instead of a point could be one too many.
        return hasPoint || number.Length <= MostDigits;
    }
}
#endif
