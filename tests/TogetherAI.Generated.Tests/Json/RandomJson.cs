using System.Globalization;
using System.Reflection;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Tests.Json;

/// <summary>Writes JSON for a generated type: mostly as the document says, sometimes as no document would.</summary>
internal sealed class RandomJson(Random random)
{
    private const int MaxDepth = 5;

    private static readonly string[] Texts =
        ["", " text", "héllo wörld", "日本語", "\U0001F600", "line\nbreak \"quoted\" \\ back", "2026-01-01T00:00:00Z", "null", "1", "\u0000\u001f\u007f"];

    private static readonly string[] RawTexts =
        ["\"\\ud83d\"", "\"\\ude00x\"", "\"\\u0041\\/\\b\\f\\n\\r\\t\"", "\"\\ud83d\\ude00\""];

    private static readonly string[] Numbers =
        ["0", "-0", "1", "-1", "2147483647", "2147483648", "9007199254740993", "9223372036854775807", "9223372036854775808",
         "15924764223251450000", "0.1", "-1.19e-7", "1.77e9", "1e20", "1E-300", "3.0", "123456789012345678901234567890"];

    // Every one of these is the same number after a round trip through the type.
    private static readonly string[] Integers = ["0", "1", "-1", "2147483647", "-2147483648"];

    private static readonly string[] Decimals = ["0", "9007199254740993", "15924764223251450000", "0.50", "-12.75"];

    private static readonly string[] Doubles = ["0", "1", "2147483648", "0.1", "-1.19e-7", "1e20", "3.0"];

    private static readonly string[] Floats = ["0", "1", "-0.25", "0.1", "3.0"];

    private static readonly string[] Seconds = ["0", "1780000000", "-1", "1780000000.25", "0.1", "1763150000.1234567", "3.0"];

    // As JsonConvert writes them.
    private static readonly string[] Dates = ["\"2026-05-01T09:00:00+00:00\"", "\"2026-05-01T09:00:00.25+02:00\"", "\"1969-12-31T23:59:59.1234567-11:30\""];

    private static readonly string[] Base64 = ["\"\"", "\"AAECAw==\"", "\"AACAPw==\"", "\"AP+A\""];

    private static readonly string[] Words = ["stop", "assistant", "a word of tomorrow", "日本語"];

    private bool _isConforming;

    /// <summary>The generated types.</summary>
    public static IEnumerable<Type> Types()
        => typeof(InferenceChunk).Assembly.GetTypes().Where(type => type is { IsClass: true } && typeof(IExtensible).IsAssignableFrom(type));

    public string Document(Type type)
    {
        var json = Value(type, 0);
        // Now and then the text is cut, as a broken connection would do it.
        return random.Next(40) == 0 ? json[..random.Next(json.Length)] : json;
    }

    /// <summary>A document that says of every field what it should.</summary>
    public string Conforming(Type type)
    {
        _isConforming = true;
        return Value(type, 0);
    }

    private string Value(Type type, int depth)
    {
        switch (_isConforming ? -1 : random.Next(30))
        {
            case 0:
                return "null";
            case 1:
                return Anything(depth);
        }

        var actual = Nullable.GetUnderlyingType(type) ?? type;
        // Where something else than a text may stand, an empty one is no value.
        if (_isConforming && (typeof(IUnion).IsAssignableFrom(actual) || typeof(IOpenWord).IsAssignableFrom(actual)))
        {
            return $"\"{Words[random.Next(Words.Length)]}\"";
        }

        if (actual == typeof(string) || typeof(IOpenWord).IsAssignableFrom(actual))
        {
            return Text();
        }

        if (actual == typeof(bool))
        {
            return random.Next(2) == 0 ? "true" : "false";
        }

        if (actual == typeof(DateTime))
        {
            return _isConforming || random.Next(2) == 0 ? Dates[random.Next(Dates.Length)] : Number();
        }

        if (actual == typeof(DateTimeOffset) || actual == typeof(TimeSpan))
        {
            return _isConforming ? Seconds[random.Next(Seconds.Length)] : Number();
        }

        if (actual == typeof(ReadOnlyMemory<byte>))
        {
            return _isConforming || random.Next(2) == 0 ? Base64[random.Next(Base64.Length)] : Text();
        }

        if (actual == typeof(ReadOnlyMemory<float>))
        {
            return !_isConforming && random.Next(4) == 0 ? Base64[random.Next(Base64.Length)] : Array(() => Value(typeof(float), depth + 1));
        }

        if (actual.IsPrimitive || actual == typeof(decimal))
        {
            return _isConforming ? Number(actual) : Number();
        }

        if (_isConforming && actual.IsGenericType && (actual.GetGenericTypeDefinition() == typeof(IDictionary<,>) || actual.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)))
        {
            return $"{{\"k\":{Value(actual.GetGenericArguments()[1], depth + 1)}}}";
        }

        if (actual.IsGenericType && actual.GetGenericTypeDefinition() is var definition
            && (definition == typeof(IList<>) || definition == typeof(IReadOnlyList<>)))
        {
            return Array(() => Value(actual.GetGenericArguments()[0], depth + 1));
        }

        return typeof(IExtensible).IsAssignableFrom(actual) && (_isConforming || depth < MaxDepth) ? Object(actual, depth) : Anything(depth);
    }

    private string Object(Type type, int depth)
    {
        var fields = type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            // What is on the wire of a field stands beside what callers see of it.
            .Where(property => !property.Name.Contains('_', StringComparison.Ordinal) || property.GetCustomAttribute<JsonIgnoreAttribute>() is not null)
            .Select(property => (Json: property.GetCustomAttribute<JsonPropertyAttribute>(), PropertyType: TypeOnWire(property)))
            .Where(property => property.Json is not null && (random.Next(_isConforming && depth >= MaxDepth ? 1 : 8) != 0 || (_isConforming && property.Json.Required == Required.Always)))
            .Select(property => (Name: property.Json!.PropertyName, property.PropertyType, IsRequired: property.Json.Required == Required.Always))
            // Any JSON but null may stand in a field that is required.
            .Select(property => $"{JsonConvert.ToString(property.Name)}:{(_isConforming && property.IsRequired && property.PropertyType == typeof(JToken) ? "{\"k\":1}" : Value(property.PropertyType, depth + 1))}")
            .ToList();
        if (random.Next(4) == 0)
        {
            fields.Add($"\"unknown_{random.Next(3)}\":{Anything(depth)}");
        }

        if (random.Next(3) == 0)
        {
            fields = [.. fields.OrderBy(_ => random.Next())];
        }

        if (!_isConforming && random.Next(60) == 0 && fields.Count > 0)
        {
            fields[0] = fields[0].ToUpperInvariant();
        }

        return "{" + string.Join(random.Next(5) == 0 ? " , " : ",", fields) + "}";
    }

    // Times that are seconds have another property that is on the wire; others are texts.
    private static Type TypeOnWire(PropertyInfo property)
        => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(DateTimeOffset) && property.GetCustomAttribute<JsonIgnoreAttribute>() is null
            ? typeof(DateTime)
            : property.PropertyType;

    private string Anything(int depth) => random.Next(depth < MaxDepth ? 7 : 5) switch
    {
        0 => "null",
        1 => "true",
        2 => _isConforming ? Number(typeof(double)) : Number(),
        3 => Text(),
        4 => "false",
        5 => Array(() => Anything(depth + 1)),
        _ => "{" + string.Join(",", Enumerable.Range(0, random.Next(3)).Select(i => $"\"k{i}\":{Anything(depth + 1)}")) + "}",
    };

    private string Array(Func<string> item) => "[" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => item())) + "]";

    private string Text() => !_isConforming && random.Next(6) == 0 ? RawTexts[random.Next(RawTexts.Length)] : JsonConvert.ToString(Texts[random.Next(Texts.Length)]);

    private string Number() => random.Next(3) == 0
        ? (random.NextDouble() * 2 - 1).ToString("R", CultureInfo.InvariantCulture)
        : Numbers[random.Next(Numbers.Length)];

    private string Number(Type type)
    {
        var numbers = type == typeof(decimal) ? Decimals : type == typeof(double) ? Doubles : type == typeof(float) ? Floats : Integers;
        return numbers[random.Next(numbers.Length)];
    }
}
