using System.Globalization;

namespace TogetherAI.Runtime.Json;

/// <summary>Integers in the forms that servers write them in: plain, as floating-point numbers, and either of them as text.</summary>
internal static class JsonInteger
{
    // Beyond it a double is no exact integer.
    private const double MaxExact = 1L << 53;

    /// <summary>A whole number without the decimal places of zeros that it may have; any other as it is.</summary>
    public static decimal? Plain(decimal? number) => number is { } value && decimal.Truncate(value) == value ? decimal.Truncate(value) : number;

    /// <summary>Reads the digits of a number or text; null where they are no integer of 64 bits.</summary>
    public static long? Read(string text)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? integer
            : double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
                && Math.Abs(number) <= MaxExact && Math.Floor(number).Equals(number)
                ? (long)number
                : null;
}
