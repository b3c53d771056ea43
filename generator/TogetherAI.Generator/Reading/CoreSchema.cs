using System.Globalization;
using System.Text.RegularExpressions;
using TogetherAI.Generator.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TogetherAI.Generator.Reading;

/// <summary>Gives plain scalars their types, as the core schema of YAML 1.2 does (section 10.3.2).</summary>
internal static partial class CoreSchema
{
    public static ScalarNode Resolve(Scalar scalar, Place place)
    {
        var text = scalar.Value;
        var isPlain = scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific);
        if (!isPlain)
        {
            return ScalarNode.FromText(text, place);
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => new ScalarNode(place, ScalarKind.Null, "null"),
            "true" or "True" or "TRUE" => ScalarNode.FromBoolean(true, place),
            "false" or "False" or "FALSE" => ScalarNode.FromBoolean(false, place),
            _ => Number(text) is { } number ? new ScalarNode(place, ScalarKind.Number, number) : ScalarNode.FromText(text, place),
        };
    }

    // As JSON writes it. What JSON has no number for (.inf, .nan) stays a text.
    private static string? Number(string text)
    {
        if (Decimal().IsMatch(text))
        {
            return text;
        }

        if (Octal().IsMatch(text))
        {
            return Convert.ToUInt64(text[2..], 8).ToString(CultureInfo.InvariantCulture);
        }

        if (Hexadecimal().IsMatch(text))
        {
            return Convert.ToUInt64(text[2..], 16).ToString(CultureInfo.InvariantCulture);
        }

        return Float().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value.ToString("R", CultureInfo.InvariantCulture)
            : null;
    }

    [GeneratedRegex("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?\\z")]
    private static partial Regex Decimal();

    [GeneratedRegex("^0o[0-7]{1,21}\\z")]
    private static partial Regex Octal();

    [GeneratedRegex("^0x[0-9a-fA-F]{1,16}\\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex("^[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?\\z")]
    private static partial Regex Float();
}
