using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace TogetherAI;

/// <summary>The checks that generated <see cref="IValidated"/> objects are made of. Unset values are always valid.</summary>
internal static class Validation
{
    public static void Required(object? value, string path, string name)
    {
        if (value is null or IOpenWord { Value.Length: 0 })
        {
            throw new ArgumentException($"{path}.{name} is required.", $"{path}.{name}");
        }
    }

    // NSwag leaves a minimum length of 1 out of what it says of a required text, and says "no empty texts" instead.
    public static void NotEmpty(object? value, string path, string name) => Length(value as string, 1, int.MaxValue, path, name);

    public static void Length(string? value, int minimum, int maximum, string path, string name)
    {
        if (value is null || (value.Length >= minimum && value.Length <= maximum))
        {
            return;
        }

        var rule = value.Length == 0 ? "must not be empty"
            : value.Length < minimum ? $"must have at least {minimum} characters"
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
        if (value is not null && !Regex.IsMatch(value, pattern, RegexOptions.CultureInvariant))
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

        var rule = maximum == double.MaxValue || maximum >= int.MaxValue
            ? $"must be at least {Text(minimum)}"
            : $"must be between {Text(minimum)} and {Text(maximum)}";
        throw new ArgumentOutOfRangeException($"{path}.{name}", $"{path}.{name} {rule}.");
    }

    public static void Nested<T>(T value, string path, string name)
    {
        if (value is IValidated one)
        {
            one.Validate($"{path}.{name}");
        }
        else if (value is IEnumerable many and not string)
        {
            var index = 0;
            foreach (var item in many)
            {
                (item as IValidated)?.Validate($"{path}.{name}[{index}]");
                index++;
            }
        }
    }

    /// <summary>Refuses a field that would be sent twice, once from its property and once from the additional ones.</summary>
    public static void SetOnce<T>(T value, IDictionary<string, JToken>? extra, string field, string path, string name)
    {
        if (extra is not null && value is not null && extra.ContainsKey(field))
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

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
