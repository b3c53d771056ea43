using System.Globalization;
using System.Numerics;

namespace TogetherAI.LocalServer.Code;

/// <summary>The functions and the methods of strings that code can call.</summary>
internal static class CodeFunctions
{
    private delegate object? Function(IReadOnlyList<object?> arguments);

    private static readonly Dictionary<string, (int Least, int Most, Function Call)> Functions = new(StringComparer.Ordinal)
    {
        ["len"] = (1, 1, static arguments => Length(arguments[0])),
        ["str"] = (0, 1, static arguments => arguments.Count == 0 ? "" : CodeValue.Text(arguments[0])),
        ["repr"] = (1, 1, static arguments => CodeValue.Representation(arguments[0])),
        ["bool"] = (0, 1, static arguments => arguments.Count > 0 && CodeValue.IsTrue(arguments[0])),
        ["int"] = (0, 1, static arguments => arguments.Count == 0 ? BigInteger.Zero : Integer(arguments[0])),
        ["float"] = (0, 1, static arguments => arguments.Count == 0 ? 0.0 : Float(arguments[0])),
        ["abs"] = (1, 1, static arguments => CodeOperators.Order("<", arguments[0], BigInteger.Zero) < 0 ? CodeOperators.Negate(arguments[0]) : CodeValue.Integer(arguments[0]) ?? arguments[0]),
        ["round"] = (1, 2, Round),
        ["min"] = (1, int.MaxValue, static arguments => Best(arguments, "<")),
        ["max"] = (1, int.MaxValue, static arguments => Best(arguments, ">")),
        ["sum"] = (1, 1, static arguments => Items(arguments[0]).Aggregate((object?)BigInteger.Zero, static (sum, item) => CodeOperators.Apply("+", sum, item))),
        ["sorted"] = (1, 1, static arguments => new CodeList([.. Items(arguments[0]).Order(Comparer<object?>.Create(static (left, right) => CodeOperators.Order("<", left, right) ?? 0))])),
    };

    private static readonly Dictionary<string, (int Least, int Most, Func<string, IReadOnlyList<object?>, object?> Call)> Methods = new(StringComparer.Ordinal)
    {
        ["upper"] = (0, 0, static (text, _) => text.ToUpperInvariant()),
        ["lower"] = (0, 0, static (text, _) => text.ToLowerInvariant()),
        ["strip"] = (0, 0, static (text, _) => text.Trim()),
        ["startswith"] = (1, 1, static (text, arguments) => text.StartsWith(Text(arguments[0]), StringComparison.Ordinal)),
        ["endswith"] = (1, 1, static (text, arguments) => text.EndsWith(Text(arguments[0]), StringComparison.Ordinal)),
        ["replace"] = (2, 2, static (text, arguments) => Replaced(text, Text(arguments[0]), Text(arguments[1]))),
        ["split"] = (0, 1, static (text, arguments) => new CodeList(Parts(text, arguments))),
        ["join"] = (1, 1, static (text, arguments) => Joined(text, Items(arguments[0]))),
    };

    /// <summary>Whether there is a function of this name, beside <c>print</c> and <c>open</c>.</summary>
    public static bool IsFunction(string name) => Functions.ContainsKey(name);

    /// <summary>Whether there is a method of this name.</summary>
    public static bool IsMethod(string name) => Methods.ContainsKey(name) || name == "read";

    public static object? Call(string name, IReadOnlyList<object?> arguments)
    {
        var (least, most, call) = Functions[name];
        RequireCount(name, arguments.Count, least, most);
        return CodeValue.Bounded(call(arguments));
    }

    public static object? CallMethod(string name, object? value, IReadOnlyList<object?> arguments)
    {
        if (value is CodeFile file && name == "read")
        {
            RequireCount(name, arguments.Count, 0, 0);
            return file.Content;
        }

        if (value is not string text || !Methods.TryGetValue(name, out var method))
        {
            throw new CodeErrorException("AttributeError", $"'{CodeValue.TypeOf(value)}' object has no attribute '{name}'");
        }

        RequireCount(name, arguments.Count, method.Least, method.Most);
        return CodeValue.Bounded(method.Call(text, arguments));
    }

    public static string Text(object? value) => value as string ?? throw CodeErrorException.Type($"expected str, not {CodeValue.TypeOf(value)}");

    private static void RequireCount(string name, int count, int least, int most)
    {
        if (count < least || count > most)
        {
            throw CodeErrorException.Type($"{name}() got {count} arguments");
        }
    }

    private static IReadOnlyList<object?> Items(object? value) => value switch
    {
        CodeList list => list.Items,
        string text => [.. text.Select(static character => (object?)character.ToString())],
        _ => throw CodeErrorException.Type($"'{CodeValue.TypeOf(value)}' object is not iterable"),
    };

    private static object Length(object? value) => (BigInteger)(value switch
    {
        string text => text.Length,
        CodeList list => list.Items.Count,
        _ => throw CodeErrorException.Type($"object of type '{CodeValue.TypeOf(value)}' has no len()"),
    });

    private static object Integer(object? value)
        => value is double number
            ? double.IsFinite(number) ? new BigInteger(number) : throw new CodeErrorException("OverflowError", "cannot convert float infinity or NaN to integer")
        : value is string text
            ? text.Length < 5000 && BigInteger.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed)
                ? parsed
                : throw CodeErrorException.Value($"invalid literal for int() with base 10: {CodeValue.Representation(text)}")
        : CodeValue.Integer(value) ?? throw CodeErrorException.Type($"int() argument must be a string or a number, not '{CodeValue.TypeOf(value)}'");

    private static object Float(object? value)
        => value is string text
            ? double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
                ? parsed
                : throw CodeErrorException.Value($"could not convert string to float: {CodeValue.Representation(text)}")
        : CodeValue.Number(value) ?? throw CodeErrorException.Type($"float() argument must be a string or a number, not '{CodeValue.TypeOf(value)}'");

    private static object? Round(IReadOnlyList<object?> arguments)
    {
        var digits = arguments.Count > 1 ? CodeValue.Integer(arguments[1]) ?? throw CodeErrorException.Type("the number of digits must be an integer") : (BigInteger?)null;
        return arguments[0] is not double number ? Integer(arguments[0])
            : digits is { } places ? Math.Round(number, (int)BigInteger.Max(0, BigInteger.Min(places, 15)))
            : Integer(Math.Round(number));
    }

    private static object? Best(IReadOnlyList<object?> arguments, string order)
    {
        var items = arguments.Count == 1 ? Items(arguments[0]) : arguments;
        return items.Count == 0
            ? throw CodeErrorException.Value("min() or max() of an empty sequence")
            : items.Aggregate((best, item) => CodeOperators.Compare(order, item, best) ? item : best);
    }

    private static string Replaced(string text, string old, string replacement)
        => old.Length == 0 ? throw CodeErrorException.Value("replacing an empty string is not supported by this local server")
        : (long)text.Length / old.Length * replacement.Length > CodeValue.MaxSize ? throw CodeErrorException.TooLarge()
        : text.Replace(old, replacement, StringComparison.Ordinal);

    private static object?[] Parts(string text, IReadOnlyList<object?> arguments)
        => arguments.Count == 0
            ? [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)]
            : Text(arguments[0]) is { Length: > 0 } separator ? [.. text.Split(separator)] : throw CodeErrorException.Value("empty separator");

    private static string Joined(string separator, IReadOnlyList<object?> items)
        => (long)items.Count * separator.Length > CodeValue.MaxSize ? throw CodeErrorException.TooLarge() : string.Join(separator, items.Select(Text));
}
