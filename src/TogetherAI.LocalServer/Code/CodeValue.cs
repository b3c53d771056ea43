using System.Globalization;
using System.Numerics;
using System.Text;

namespace TogetherAI.LocalServer.Code;

/// <summary>
/// Values of code: <see cref="BigInteger"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>,
/// <see cref="CodeList"/>, <see cref="CodeFile"/> and null for None.
/// </summary>
internal static class CodeValue
{
    /// <summary>The largest size of a value, and of all variables of a session.</summary>
    public const int MaxSize = 1_000_000;

    // Python itself writes no more than 4,300 digits.
    private const int MaxBits = 14_000;

    /// <summary>About how many characters a value has.</summary>
    public static int SizeOf(object? value) => value switch
    {
        string text => text.Length + 1,
        CodeList list => list.Size,
        CodeFile file => file.Content.Length + 1,
        BigInteger number => (int)(number.GetBitLength() / 3) + 1,
        _ => 1,
    };

    /// <summary>The value, unless it is too large.</summary>
    public static object? Bounded(object? value)
        => SizeOf(value) > MaxSize || (value is BigInteger number && number.GetBitLength() > MaxBits) ? throw CodeErrorException.TooLarge() : value;

    public static string TypeOf(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        BigInteger => "int",
        double => "float",
        string => "str",
        CodeList => "list",
        _ => "file",
    };

    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        BigInteger number => !number.IsZero,
        double number => number != 0,
        string text => text.Length > 0,
        CodeList list => list.Items.Count > 0,
        _ => true,
    };

    /// <summary>The integer that a value is, which a Boolean value is, too.</summary>
    public static BigInteger? Integer(object? value) => value switch
    {
        BigInteger number => number,
        bool flag => flag ? BigInteger.One : BigInteger.Zero,
        _ => null,
    };

    /// <summary>The number that a value is.</summary>
    public static double? Number(object? value) => value is double number ? number : (double?)Integer(value);

    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (string first, string second) => first == second,
        (CodeList first, CodeList second) => first.Items.Count == second.Items.Count && first.Items.Zip(second.Items, AreEqual).All(same => same),
        _ when Integer(left) is { } first && Integer(right) is { } second => first == second,
        _ when Number(left) is { } first && Number(right) is { } second => first == second,
        _ => ReferenceEquals(left, right),
    };

    /// <summary>The value as <c>print</c> writes it.</summary>
    public static string Text(object? value) => value as string ?? Representation(value);

    /// <summary>The value as <c>repr</c> gives it.</summary>
    public static string Representation(object? value) => value switch
    {
        null => "None",
        bool flag => flag ? "True" : "False",
        BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        double number => Float(number),
        string text => Quoted(text),
        CodeList list => $"[{string.Join(", ", list.Items.Select(Representation))}]",
        _ => "<file>",
    };

    // As Python does: the shortest digits, with an exponent from 16 digits on.
    private static string Float(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        var text = number.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var exponent = int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (number == 0 || exponent is >= -4 and < 16)
        {
            var plain = shortest.Contains('E', StringComparison.Ordinal) ? decimal.Parse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) : shortest;
            return plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
        }

        var digits = shortest.Split('E')[0];
        if (!shortest.Contains('E', StringComparison.Ordinal))
        {
            digits = number.ToString("E" + Math.Max(0, shortest.Count(char.IsAsciiDigit) - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Split('E')[0];
            digits = digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;
        }

        return $"{digits}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
    }

    private static string Quoted(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                '\\' => "\\\\",
                _ when character == quote => $"\\{character}",
                _ when char.IsControl(character) => $"\\x{(int)character:x2}",
                _ => character.ToString(),
            });
        }

        return quoted.Append(quote).ToString();
    }
}
