using System.Globalization;
using System.Text;

namespace TogetherAI.Generator.Faults;

/// <summary>Makes text of a document harmless for a line of console output.</summary>
internal static class OneLine
{
    /// <summary>Replaces line breaks, control and formatting characters by visible escapes.</summary>
    public static string Of(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var category = char.GetUnicodeCategory(character);
            if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                line.Append(character);
            }
        }

        return line.ToString();
    }
}
