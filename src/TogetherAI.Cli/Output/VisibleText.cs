using System.Globalization;
using System.Text;

namespace TogetherAI.Cli.Output;

/// <summary>
/// Characters that a terminal obeys, or that hide or turn what stands beside them, as the escapes of JSON. JSON with them
/// stays the same JSON.
/// </summary>
internal static class VisibleText
{
    // Scripts and emoji need them, and they do nothing else.
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>Whether a character is shown by its escape: controls other than line feed and tab, and marks of format.</summary>
    public static bool IsEscaped(Rune character) => character.Value is not ('\n' or '\t' or ZeroWidthNonJoiner or ZeroWidthJoiner)
        && Rune.GetUnicodeCategory(character)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || IsUnassignedTag(character);

    /// <summary>The escape of a character, such as <c>\u001b</c>.</summary>
    public static string Escape(Rune character)
        => string.Concat(character.ToString().Select(unit => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}")));

    // The block of tags, of which Unicode has assigned only a part.
    private static bool IsUnassignedTag(Rune character) => character.Value is >= 0xE0000 and <= 0xE007F;
}
