using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TogetherAI.Fuzzing.Targets;

/// <summary>Whether two texts are the same JSON: in any order of fields, and with or without fields that are null.</summary>
/// <remarks>
/// JsonConvert alone also writes words that are empty, which the service has no use for, and reads decimals by way of floating-point
/// numbers.
/// </remarks>
internal static partial class JsonComparison
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    public static bool AreEqual(string? left, string? right, bool isOfJsonConvert = false)
    {
        if (left is null || right is null || left == right)
        {
            return left == right;
        }

        using var leftJson = TryParse(left);
        using var rightJson = TryParse(right);
        return leftJson is not null && rightJson is not null && AreEqual(leftJson.RootElement, rightJson.RootElement, isOfJsonConvert);
    }

    private static bool AreEqual(JsonElement left, JsonElement right, bool isOfJsonConvert) => left.ValueKind == right.ValueKind && left.ValueKind switch
    {
        JsonValueKind.Object => AreEqual(Fields(left, isOfJsonConvert), Fields(right, isOfJsonConvert), isOfJsonConvert),
        JsonValueKind.Array => left.GetArrayLength() == right.GetArrayLength() && left.EnumerateArray().Zip(right.EnumerateArray()).All(pair => AreEqual(pair.First, pair.Second, isOfJsonConvert)),
        JsonValueKind.String => left.GetString() == right.GetString(),
        JsonValueKind.Number => AreEqualNumbers(left.GetRawText(), right.GetRawText(), isOfJsonConvert),
        _ => true,
    };

    private static bool AreEqual(List<JsonProperty> left, List<JsonProperty> right, bool isOfJsonConvert)
        => left.Count == right.Count && left.Zip(right).All(pair => pair.First.Name == pair.Second.Name && AreEqual(pair.First.Value, pair.Second.Value, isOfJsonConvert));

    private static List<JsonProperty> Fields(JsonElement json, bool isOfJsonConvert)
        => [.. json.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null && !(isOfJsonConvert && field.Value is { ValueKind: JsonValueKind.String } text && text.ValueEquals(""))).OrderBy(field => field.Name, StringComparer.Ordinal)];

    private static JsonDocument? TryParse(string json)
    {
        try
        {
            // Half a character is the replacement character to some, and stays what it is to others.
            var unescaped = EscapedSurrogate().Replace(json, static match => match.Groups[1].Value + (char)int.Parse(match.Groups[2].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            return JsonDocument.Parse(Encoding.UTF8.GetBytes(unescaped), Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Of numbers that a decimal has room for every digit counts.
    private static bool AreEqualNumbers(string left, string right, bool isOfJsonConvert)
    {
        if (left == right)
        {
            return true;
        }

        if (!isOfJsonConvert && decimal.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var leftDecimal) && decimal.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var rightDecimal))
        {
            return leftDecimal == rightDecimal;
        }

        var (leftNumber, rightNumber) = (double.Parse(left, CultureInfo.InvariantCulture), double.Parse(right, CultureInfo.InvariantCulture));
        return leftNumber.Equals(rightNumber) || (isOfJsonConvert && Math.Abs(leftNumber - rightNumber) <= Math.Abs(leftNumber) * 1e-14);
    }

    [GeneratedRegex(@"(?<!\\)((?:\\\\)*)\\u([dD][89a-fA-F][0-9a-fA-F]{2})")]
    private static partial Regex EscapedSurrogate();
}
