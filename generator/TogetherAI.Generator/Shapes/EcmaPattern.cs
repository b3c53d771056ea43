using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TogetherAI.Generator.Shapes;

/// <summary>Translates the patterns of JSON Schema, which are regular expressions of ECMA-262, into those of .NET.</summary>
internal static partial class EcmaPattern
{
    // What stands for a character beyond it, so that the rest of the pattern can be checked.
    private const string Last = "\\uFFFF";

    /// <summary>What is wrong with a pattern; null if nothing is.</summary>
    public static string? Fault(string pattern)
    {
        _ = TryTranslate(pattern, out var translated);
        try
        {
            _ = new Regex(translated, RegexOptions.CultureInvariant);
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Translates a pattern.</summary>
    /// <returns>Whether the translation matches the same: .NET has no characters beyond U+FFFF in brackets.</returns>
    public static bool TryTranslate(string pattern, out string translated)
    {
        var text = new StringBuilder(pattern.Length);
        var isSame = true;
        var isInBrackets = false;
        for (var position = 0; position < pattern.Length;)
        {
            var length = pattern[position] == '\\' ? Math.Min(2, pattern.Length - position) : 1;
            if (length == 2 && CodePoint().Match(pattern, position) is { Success: true } match && TryParse(match, out var rune))
            {
                isSame &= rune.IsBmp || !isInBrackets;
                text.Append(rune.IsBmp ? Escaped(rune) : isInBrackets ? Last : $"(?:{Escaped(rune)})");
                length = match.Length;
            }
            else
            {
                isInBrackets = length == 1 && pattern[position] is '[' or ']' ? pattern[position] == '[' : isInBrackets;
                text.Append(pattern, position, length);
            }

            position += length;
        }

        translated = text.ToString();
        return isSame;
    }

    [GeneratedRegex(@"\G\\u\{([0-9A-Fa-f]{1,6})\}")]
    private static partial Regex CodePoint();

    private static bool TryParse(Match match, out Rune rune)
        => Rune.TryCreate(int.Parse(match.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), out rune);

    private static string Escaped(Rune rune) => string.Concat(rune.ToString().Select(static unit => $"\\u{(int)unit:X4}"));
}
