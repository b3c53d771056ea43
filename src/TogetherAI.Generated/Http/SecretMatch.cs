using System.Globalization;
using System.Text;

namespace TogetherAI;

/// <summary>
/// Finds a secret in what a server sent, whether as it is or with the escapes of JSON, and the beginning of one with which
/// a text ends that was cut off.
/// </summary>
internal static class SecretMatch
{
    private const int None = -1;
    private const int CutOff = -2;

    // JSON inside a text of JSON, twice.
    private const int MostBackslashes = 4;
    private const int HexDigits = 4;

    /// <summary>Puts a mask in the place of a secret, or of its beginning at the end if that has so many characters.</summary>
    public static string Replace(string text, string secret, int shortestBeginning, string mask)
    {
        StringBuilder? masked = null;
        var copied = 0;
        for (var start = 0; start < text.Length; start++)
        {
            if ((text[start] == secret[0] || text[start] == '\\') && End(text, start, secret, shortestBeginning) is > 0 and var end)
            {
                masked ??= new StringBuilder();
                masked.Append(text, copied, start - copied).Append(mask);
                copied = end;
                start = end - 1;
            }
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    private static int End(string text, int start, string secret, int shortestBeginning)
    {
        var position = start;
        for (var i = 0; i < secret.Length; i++)
        {
            position = After(text, position, secret[i]);
            if (position < 0)
            {
                return position == CutOff && i >= shortestBeginning ? text.Length : None;
            }
        }

        return position;
    }

    // Where a character ends that begins there: as it is, behind backslashes, or by its number.
    private static int After(string text, int position, char character)
    {
        if (position < text.Length && text[position] == character && character != '\\')
        {
            return position + 1;
        }

        var end = position;
        while (end < text.Length && end - position < MostBackslashes && text[end] == '\\')
        {
            end++;
        }

        if (character == '\\' && end > position)
        {
            // One for itself, or two of which the first escapes the second.
            return position + Math.Min(2, end - position);
        }

        if (end == text.Length)
        {
            return CutOff;
        }

        if (end == position)
        {
            return None;
        }

        return text[end] == character ? end + 1 : text[end] is 'u' ? AfterNumber(text, end + 1, character) : None;
    }

    private static int AfterNumber(string text, int position, char character)
    {
        var digits = ((int)character).ToString("x4", CultureInfo.InvariantCulture);
        for (var i = 0; i < HexDigits; i++)
        {
            if (position + i == text.Length)
            {
                return CutOff;
            }

            if (char.ToLowerInvariant(text[position + i]) != digits[i])
            {
                return None;
            }
        }

        return position + HexDigits;
    }
}
