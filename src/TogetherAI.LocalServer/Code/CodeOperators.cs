using System.Numerics;

namespace TogetherAI.LocalServer.Code;

/// <summary>What the operators of Python do.</summary>
internal static class CodeOperators
{
    private const int MaxExponent = 100_000;

    public static object? Apply(string name, object? left, object? right) => (left, right) switch
    {
        (string first, string second) when name == "+" => Joined(first, second),
        (CodeList first, CodeList second) when name == "+" => new CodeList([.. first.Items, .. second.Items]),
        (string text, _) when name == "*" && CodeValue.Integer(right) is { } count => Repeated(text, count),
        (_, string text) when name == "*" && CodeValue.Integer(left) is { } count => Repeated(text, count),
        (CodeList list, _) when name == "*" && CodeValue.Integer(right) is { } count => Repeated(list, count),
        _ when CodeValue.Integer(left) is { } first && CodeValue.Integer(right) is { } second => OfIntegers(name, first, second),
        _ when CodeValue.Number(left) is { } first && CodeValue.Number(right) is { } second => OfNumbers(name, first, second),
        _ => throw Unsupported(name, left, right),
    };

    public static bool Compare(string name, object? left, object? right) => name switch
    {
        "==" => CodeValue.AreEqual(left, right),
        "!=" => !CodeValue.AreEqual(left, right),
        "in" => Contains(right, left),
        "not in" => !Contains(right, left),
        "<" => Order(name, left, right) is < 0,
        "<=" => Order(name, left, right) is <= 0,
        ">" => Order(name, left, right) is > 0,
        _ => Order(name, left, right) is >= 0,
    };

    public static object? Negate(object? value)
        => CodeValue.Integer(value) is { } integer ? -integer
        : value is double number ? -number
        : throw CodeErrorException.Type($"bad operand type for unary -: '{CodeValue.TypeOf(value)}'");

    public static object? Item(object? value, object? index)
    {
        var count = value switch
        {
            string text => text.Length,
            CodeList list => list.Items.Count,
            _ => throw CodeErrorException.Type($"'{CodeValue.TypeOf(value)}' object is not subscriptable"),
        };
        var position = CodeValue.Integer(index) ?? throw CodeErrorException.Type($"indices must be integers, not {CodeValue.TypeOf(index)}");
        position += position < 0 ? count : 0;
        return position < 0 || position >= count
            ? throw new CodeErrorException("IndexError", $"{(value is string ? "string" : "list")} index out of range")
            : value is string characters ? characters[(int)position].ToString() : ((CodeList)value!).Items[(int)position];
    }

    /// <summary>Which of two values comes first; null where one of them is no number.</summary>
    public static int? Order(string name, object? left, object? right) => (left, right) switch
    {
        (string first, string second) => string.CompareOrdinal(first, second),
        _ when CodeValue.Integer(left) is { } first && CodeValue.Integer(right) is { } second => first.CompareTo(second),
        _ when CodeValue.Number(left) is { } first && CodeValue.Number(right) is { } second => double.IsNaN(first) || double.IsNaN(second) ? null : first.CompareTo(second),
        _ => throw CodeErrorException.Type($"'{name}' not supported between instances of '{CodeValue.TypeOf(left)}' and '{CodeValue.TypeOf(right)}'"),
    };

    private static object? OfIntegers(string name, BigInteger left, BigInteger right)
    {
        RequireDivisor(name, right.IsZero);
        return name switch
        {
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            "/" => Finite((double)left) / Finite((double)right),
            "//" => BigInteger.DivRem(left, right, out var rest) - (!rest.IsZero && rest.Sign != right.Sign ? 1 : 0),
            "%" => left % right is var rest && !rest.IsZero && rest.Sign != right.Sign ? rest + right : rest,
            _ => right.Sign < 0 ? OfNumbers(name, (double)left, (double)right) : Power(left, right),
        };
    }

    private static object? OfNumbers(string name, double left, double right)
    {
        RequireDivisor(name, right == 0);
        return name switch
        {
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            "/" => left / right,
            "//" => Math.Floor(left / right),
            "%" => left % right is var rest && rest != 0 && rest < 0 != right < 0 ? rest + right : rest,
            _ => left == 0 && right < 0
                ? throw new CodeErrorException("ZeroDivisionError", "0.0 cannot be raised to a negative power")
                : double.IsNaN(Math.Pow(left, right)) && !double.IsNaN(left)
                    ? throw CodeErrorException.Value("complex numbers are not supported by this local server")
                    : Finite(Math.Pow(left, right)),
        };
    }

    private static void RequireDivisor(string name, bool isZero)
    {
        if (isZero && name is ("/" or "//" or "%"))
        {
            throw new CodeErrorException("ZeroDivisionError", "division by zero");
        }
    }

    private static double Finite(double number)
        => double.IsInfinity(number) ? throw new CodeErrorException("OverflowError", "the result is too large for a float") : number;

    private static BigInteger Power(BigInteger value, BigInteger exponent)
        => value.IsZero || value.IsOne || exponent.IsZero ? (exponent.IsZero ? BigInteger.One : value)
        : value == BigInteger.MinusOne ? (exponent.IsEven ? BigInteger.One : value)
        : exponent > MaxExponent || value.GetBitLength() * (long)exponent > MaxExponent ? throw CodeErrorException.TooLarge()
        : BigInteger.Pow(value, (int)exponent);

    private static string Joined(string first, string second)
        => first.Length + second.Length > CodeValue.MaxSize ? throw CodeErrorException.TooLarge() : first + second;

    private static string Repeated(string text, BigInteger count)
        => count.Sign <= 0 || text.Length == 0 ? ""
        : text.Length * count > CodeValue.MaxSize ? throw CodeErrorException.TooLarge()
        : string.Concat(Enumerable.Repeat(text, (int)count));

    private static CodeList Repeated(CodeList list, BigInteger count)
        => count.Sign <= 0 || list.Items.Count == 0 ? new CodeList([])
        : list.Size * count > CodeValue.MaxSize ? throw CodeErrorException.TooLarge()
        : new CodeList([.. Enumerable.Repeat(list.Items, (int)count).SelectMany(static items => items)]);

    private static bool Contains(object? whole, object? part) => (whole, part) switch
    {
        (string text, string inner) => text.Contains(inner, StringComparison.Ordinal),
        (CodeList list, _) => list.Items.Any(item => CodeValue.AreEqual(item, part)),
        _ => throw CodeErrorException.Type($"argument of type '{CodeValue.TypeOf(whole)}' is not iterable"),
    };

    private static CodeErrorException Unsupported(string name, object? left, object? right)
        => CodeErrorException.Type($"unsupported operand type(s) for {name}: '{CodeValue.TypeOf(left)}' and '{CodeValue.TypeOf(right)}'");
}
