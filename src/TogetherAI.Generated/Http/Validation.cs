using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace TogetherAI;

/// <summary>The checks that generated <see cref="IValidated"/> objects are made of. Unset values are always valid.</summary>
internal static class Validation
{
    // Numbers with more digits are no easier to read without an exponent.
    private const double PlainBelow = 1e15;

    // NSwag writes the end of a type for a bound that the document does not have, and so do documents.
    private static readonly double[] Ends =
    [
        int.MinValue, int.MaxValue, long.MinValue, long.MaxValue, float.MinValue, float.MaxValue, double.MinValue, double.MaxValue,
    ];

    public static void Required(object? value, string path, string name)
    {
        if (value is null || OpenWords.IsEmpty(value))
        {
            throw new ArgumentException($"{path}.{name} is required.", $"{path}.{name}");
        }
    }

    // NSwag leaves a minimum length of 1 out of what it says of a required text, and says "no empty texts" instead.
    public static void NotEmpty(object? value, string path, string name) => Length(value as string, 1, int.MaxValue, path, name);

    public static void Length(string? value, int minimum, int maximum, string path, string name)
    {
        if (value is null || (CountCodePoints(value) is var length && length >= minimum && length <= maximum))
        {
            return;
        }

        var rule = value.Length == 0 ? "must not be empty"
            : length < minimum ? $"must have at least {minimum} characters"
            : $"must have at most {maximum} characters";
        throw new ArgumentException($"{path}.{name} {rule}.", $"{path}.{name}");
    }

    public static void MinCount<T>(ICollection<T>? value, int minimum, string path, string name)
    {
        if (value is not null && value.Count < minimum)
        {
            throw new ArgumentException($"{path}.{name} needs at least {minimum} item(s).", $"{path}.{name}");
        }
    }

    public static void MaxCount<T>(ICollection<T>? value, int maximum, string path, string name)
    {
        if (value is not null && value.Count > maximum)
        {
            throw new ArgumentException($"{path}.{name} may have at most {maximum} item(s).", $"{path}.{name}");
        }
    }

    public static void Pattern(string? value, string pattern, string path, string name)
    {
        if (value is not null && !Regex.IsMatch(value, WithStrictEnd(pattern), RegexOptions.CultureInvariant))
        {
            throw new ArgumentException($"{path}.{name} must match {pattern}.", $"{path}.{name}");
        }
    }

    public static void Range(double? value, double minimum, double maximum, string path, string name)
    {
        if (value is null || (value >= minimum && value <= maximum))
        {
            return;
        }

        // A value beyond the end of a type shows that the document has that bound.
        var hasMinimum = value < minimum || !Ends.Contains(minimum);
        var hasMaximum = value > maximum || !Ends.Contains(maximum);
        var rule = hasMinimum == hasMaximum ? $"must be between {Text(minimum)} and {Text(maximum)}"
            : hasMinimum ? $"must be at least {Text(minimum)}"
            : $"must be at most {Text(maximum)}";
        throw new ArgumentOutOfRangeException($"{path}.{name}", $"{path}.{name} {rule}.");
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
                $"{path}.AdditionalProperties[\"{field}\"] is set by the method that you call; leave it out.",
                $"{path}.AdditionalProperties");
        }
    }

    // Most values are none of these, and need no path. What is one value on the wire has no items with limits.
    private static bool IsChecked<T>(T value) => value is IValidated or (IEnumerable and not (string or byte[] or JToken));

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
