using System.Globalization;
using System.Text;

namespace TogetherAI.Runtime.Errors;

/// <summary>
/// Finds a secret in what a server sent, whether as it is, with the escapes of JSON or with those of an address, and the
/// beginning of one with which a text ends that was cut off, whether it says so with a mark or not.
/// </summary>
internal static class SecretMatch
{
    /// <summary>A shorter one is no secret, and masking it would blot out ordinary words.</summary>
    public const int ShortestMasked = 4;

    /// <summary>A shorter one is masked only where it is a word by itself.</summary>
    public const int ShortestAnywhere = 8;

    private const int None = -1;
    private const int CutOff = -2;

    // JSON inside a text of JSON, twice.
    private const int MostBackslashes = 4;
    private const char LastAscii = '\u007f';

    /// <summary>Puts a mask in the place of a secret, or of its beginning where the text is cut off.</summary>
    public static string Replace(string text, string secret, string mask)
    {
        StringBuilder? masked = null;
        var copied = 0;
        for (var start = 0; start < text.Length; start++)
        {
            if ((text[start] == secret[0] || text[start] is '\\' or '%' or '+') && End(text, start, secret) is > 0 and var end
                && (secret.Length >= ShortestAnywhere || IsWord(text, start, end)))
            {
                masked ??= new StringBuilder();
                masked.Append(text, copied, start - copied).Append(mask);
                copied = end;
                start = end - 1;
            }
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    private static bool IsWord(string text, int start, int end)
        => (start == 0 || !char.IsLetterOrDigit(text[start - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]));

    private static int End(string text, int start, string secret)
    {
        var position = start;
        for (var i = 0; i < secret.Length; i++)
        {
            var next = After(text, position, secret[i]);
            if (next < 0)
            {
                return next == CutOff && i >= ShortestAnywhere ? CutOffAt(text, position) : None;
            }

            position = next;
        }

        return position;
    }

    private static bool IsCutOff(string text, int position) => position == text.Length || text[position] == ErrorText.Ellipsis;

    private static int CutOffAt(string text, int position)
        => text.IndexOf(ErrorText.Ellipsis, position) is >= 0 and var mark ? mark : text.Length;

    // Where a character ends that begins there: as it is, behind backslashes, or by its number in JSON or in an address.
    private static int After(string text, int position, char character)
    {
        if (position < text.Length && (text[position] == character || (text[position] == '+' && character == ' ')) && character != '\\')
        {
            return position + 1;
        }

        if (position < text.Length && text[position] == '%' && character <= LastAscii)
        {
            return AfterNumber(text, position + 1, ((int)character).ToString("x2", CultureInfo.InvariantCulture));
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

        if (IsCutOff(text, end))
        {
            return CutOff;
        }

        if (end == position)
        {
            return None;
        }

        return text[end] == character ? end + 1 : text[end] is 'u' ? AfterNumber(text, end + 1, ((int)character).ToString("x4", CultureInfo.InvariantCulture)) : None;
    }

    private static int AfterNumber(string text, int position, string digits)
    {
        for (var i = 0; i < digits.Length; i++)
        {
            if (IsCutOff(text, position + i))
            {
                return CutOff;
            }

            if (char.ToLowerInvariant(text[position + i]) != digits[i])
            {
                return None;
            }
        }

        return position + digits.Length;
    }
}
