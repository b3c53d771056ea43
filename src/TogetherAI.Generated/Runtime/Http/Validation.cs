using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Http;

/// <summary>The checks that generated <see cref="IValidated"/> objects are made of. Unset values are always valid.</summary>
/// <remarks>A request has many rules and mostly breaks none: the text of a rule is written only where it is broken.</remarks>
internal static class Validation
{
    // Numbers with more digits are no easier to read without an exponent.
    private const double PlainBelow = 1e15;

    /// <summary>Passes an argument on that a constructor takes.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public static T NotNull<T>(T value, string name) => value is null ? throw new ArgumentNullException(name) : value;

    public static void Required(object? value, string path, string name)
    {
        if (value is null || OpenWords.IsEmpty(value))
        {
            throw new ArgumentException($"{At(path, name)} is required.", At(path, name));
        }
    }

    public static void Length(string? value, int minimum, int maximum, string path, string name)
    {
        // A character is one or two of .NET's; most texts need not be counted, which takes a while for a large one.
        if (value is null || (value.Length <= maximum && value.Length / 2 >= minimum))
        {
            return;
        }

        var length = CountCodePoints(value);
        if (length >= minimum && length <= maximum)
        {
            return;
        }

        var rule = value.Length == 0 ? "must not be empty"
            : length < minimum ? $"must have at least {minimum} characters"
            : $"must have at most {maximum} characters";
        throw new ArgumentException($"{At(path, name)} {rule}.", At(path, name));
    }

    public static void MinCount<T>(IEnumerable<T>? value, int minimum, string path, string name)
    {
        if (value is not null && CountSent(value) < minimum)
        {
            throw new ArgumentException($"{At(path, name)} needs at least {minimum} item(s).", At(path, name));
        }
    }

    public static void MaxCount<T>(IEnumerable<T>? value, int maximum, string path, string name)
    {
        if (value is not null && CountSent(value) > maximum)
        {
            throw new ArgumentException($"{At(path, name)} may have at most {maximum} item(s).", At(path, name));
        }
    }

    public static void Pattern(string? value, string pattern, string path, string name)
    {
        if (value is not null && !Regex.IsMatch(value, WithStrictEnd(pattern), RegexOptions.CultureInvariant))
        {
            throw new ArgumentException($"{At(path, name)} must match {pattern}.", At(path, name));
        }
    }

    /// <summary>Checks a number; a bound that is null is none.</summary>
    public static void Range(double? value, double? minimum, double? maximum, string path, string name)
    {
        // Comparing with NaN is always false.
        var isValid = value is null || ((minimum is null || value >= minimum) && (maximum is null || value <= maximum) && !double.IsNaN(value.Value));
        if (!isValid)
        {
            throw OutOfBounds(minimum is { } low ? Text(low) : null, maximum is { } high ? Text(high) : null, path, name);
        }
    }

    /// <summary>The same for whole numbers and decimals, exactly.</summary>
    public static void Range(decimal? value, decimal? minimum, decimal? maximum, string path, string name)
    {
        if (value < minimum || value > maximum)
        {
            throw OutOfBounds(minimum?.ToString(CultureInfo.InvariantCulture), maximum?.ToString(CultureInfo.InvariantCulture), path, name);
        }
    }

    public static void Above(double? value, double minimum, string path, string name)
    {
        if (value is not null && !(value > minimum))
        {
            throw OutOfRange($"greater than {Text(minimum)}", path, name);
        }
    }

    public static void Above(decimal? value, decimal minimum, string path, string name)
    {
        if (value <= minimum)
        {
            throw OutOfRange($"greater than {minimum.ToString(CultureInfo.InvariantCulture)}", path, name);
        }
    }

    public static void Below(double? value, double maximum, string path, string name)
    {
        if (value is not null && !(value < maximum))
        {
            throw OutOfRange($"less than {Text(maximum)}", path, name);
        }
    }

    public static void Below(decimal? value, decimal maximum, string path, string name)
    {
        if (value >= maximum)
        {
            throw OutOfRange($"less than {maximum.ToString(CultureInfo.InvariantCulture)}", path, name);
        }
    }

    public static void MultipleOf(double? value, double factor, string path, string name)
    {
        // What both are in decimal notation counts: 0.3 is a multiple of 0.1, though not in binary.
        var isMultiple = value is null
            || (Exact(value.Value) is { } exact && Exact(factor) is { } exactFactor && exactFactor != 0 ? exact % exactFactor == 0 : Math.IEEERemainder(value.Value, factor) == 0);
        if (!isMultiple)
        {
            throw OutOfRange($"a multiple of {Text(factor)}", path, name);
        }
    }

    public static void MultipleOf(decimal? value, decimal factor, string path, string name)
    {
        if (value is not null && value % factor != 0)
        {
            throw OutOfRange($"a multiple of {factor.ToString(CultureInfo.InvariantCulture)}", path, name);
        }
    }

    public static void Whole(decimal? value, string path, string name)
    {
        if (value is { } number && decimal.Truncate(number) != number)
        {
            throw OutOfRange("an integer", path, name);
        }
    }

    /// <summary>Checks that no item occurs twice.</summary>
    public static void Unique<T>(IEnumerable<T>? values, string path, string name)
    {
        var known = new HashSet<T>();
        var index = 0;
        foreach (var value in values ?? [])
        {
            if (!OpenWords.IsEmpty(value) && !(value is null && typeof(IOpenWord).IsAssignableFrom(typeof(T))) && !known.Add(value))
            {
                throw new ArgumentException($"{At(path, name)}[{index}] occurs twice; each item must be unique.", At(path, name));
            }

            index++;
        }
    }

    /// <summary>Checks each item of a list.</summary>
    public static void Each<T>(IEnumerable<T>? values, Action<T, string, string> check, string path, string name)
    {
        var index = 0;
        foreach (var value in values ?? [])
        {
            check(value, path, $"{name}[{index++}]");
        }
    }

    /// <summary>Checks each value of a dictionary.</summary>
    public static void EachValue<T>(IDictionary<string, T>? values, Action<T, string, string> check, string path, string name)
    {
        foreach (var entry in values ?? new Dictionary<string, T>())
        {
            check(entry.Value, path, $"{name}[\"{entry.Key}\"]");
        }
    }

    public static void Nested<T>(T value, string path, string name)
    {
        if (IsChecked(value))
        {
            Value(value, $"{path}.{name}");
        }
    }

    /// <summary>Checks an object, the items of a list or the values of a dictionary, however deep they are in one another.</summary>
    /// <param name="value">Any value; one without limits is valid.</param>
    /// <param name="path">Where it stands, as the caller would write it.</param>
    public static void Value(object? value, string path)
    {
        if (value is IValidated one)
        {
            one.Validate(path);
        }
        else if (value is IDictionary map)
        {
            foreach (DictionaryEntry entry in map)
            {
                if (IsChecked(entry.Value))
                {
                    Value(entry.Value, $"{path}[\"{entry.Key}\"]");
                }
            }
        }
        else if (IsChecked(value))
        {
            var index = 0;
            foreach (var item in (IEnumerable)value!)
            {
                if (IsChecked(item))
                {
                    Value(item, $"{path}[{index}]");
                }

                index++;
            }
        }
    }

    /// <summary>Refuses a field that would be sent twice, once from its property and once from the additional ones.</summary>
    public static void SetOnce<T>(T value, IDictionary<string, JToken>? extra, string field, string path, string name)
    {
        if (extra is not null && value is not null && extra.ContainsKey(field) && !OpenWords.IsEmpty(value))
        {
            throw new ArgumentException(
                $"{path}.{name} and {path}.AdditionalProperties[\"{field}\"] are the same field; set one of them.",
                $"{path}.{name}");
        }
    }

    /// <summary>Refuses an additional field that the called method sets.</summary>
    public static void NotExtra(IDictionary<string, JToken>? extra, string field, string path)
    {
        if (extra?.ContainsKey(field) == true)
        {
            throw new ArgumentException(
                $"{path}.AdditionalProperties[\"{field}\"] is set by the method. Remove it.",
                $"{path}.AdditionalProperties");
        }
    }

    private static ArgumentOutOfRangeException OutOfBounds(string? minimum, string? maximum, string path, string name)
        => OutOfRange(maximum is null ? $"at least {minimum}" : minimum is null ? $"at most {maximum}" : $"between {minimum} and {maximum}", path, name);

    private static ArgumentOutOfRangeException OutOfRange(string rule, string path, string name)
        => new(At(path, name), $"{At(path, name)} must be {rule}.");

    private static decimal? Exact(double value)
        => decimal.TryParse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : null;

    // A parameter of a method stands in nothing.
    private static string At(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    // Most values are none of these, and need no path. What is one value on the wire has no items with limits.
    private static bool IsChecked<T>(T value) => value is IValidated or (IEnumerable and not (string or byte[] or JToken));

    // Words of a list that were left out are not sent.
    private static int CountSent<T>(IEnumerable<T> items)
        => typeof(IOpenWord).IsAssignableFrom(typeof(T)) ? items.Count(static item => item is IOpenWord { Value.Length: > 0 }) : items.Count();

    // JSON Schema counts characters of Unicode, of which some are two of .NET's.
    private static int CountCodePoints(string value)
    {
        var count = value.Length;
        for (var i = 1; i < value.Length; i++)
        {
            count -= char.IsSurrogatePair(value, i - 1) ? 1 : 0;
        }

        return count;
    }

    // To .NET "$" also stands before a last line feed; to JSON Schema (ECMA-262) it is the end alone.
    private static string WithStrictEnd(string pattern)
    {
        var strict = new StringBuilder(pattern.Length);
        var isInSet = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var character = pattern[i];
            if (character == '\\' && i + 1 < pattern.Length)
            {
                strict.Append(character).Append(pattern[++i]);
                continue;
            }

            isInSet = character == '[' || (isInSet && character != ']');
            _ = character == '$' && !isInSet ? strict.Append("\\z") : strict.Append(character);
        }

        return strict.ToString();
    }

    // As decimals, numbers are written without an exponent; by way of a text none of their digits is lost.
    private static string Text(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return Math.Abs(value) < PlainBelow && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain) && (plain != 0 || value == 0)
            ? plain.ToString(CultureInfo.InvariantCulture)
            : text;
    }
}
