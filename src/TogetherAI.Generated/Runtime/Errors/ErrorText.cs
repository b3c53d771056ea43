using System.Globalization;
using System.Text;

namespace TogetherAI.Runtime.Errors;

/// <summary>Makes text from elsewhere fit into one line of an exception message.</summary>
internal static class ErrorText
{
    public const int MaxLength = 300;

    /// <summary>Marks the place where a text was cut.</summary>
    public const char Ellipsis = '…';

    private const int FirstTag = 0xE0000;
    private const int LastTag = 0xE007F;

    /// <summary>Folds white space and control characters, and cuts what is too long.</summary>
    public static string OneLine(string text, int maxLength = MaxLength)
    {
        var line = new StringBuilder(Math.Min(text.Length, maxLength));
        var pendingSpace = false;
        for (var position = 0; position < text.Length; position++)
        {
            var character = text[position];
            if (char.IsWhiteSpace(character) || char.IsControl(character) || IsInvisible(text, position))
            {
                position += char.IsSurrogatePair(text, position) ? 1 : 0;
                pendingSpace = line.Length > 0;
                continue;
            }

            if (line.Length >= maxLength)
            {
                return WithoutHalfCharacter(line).Append(Ellipsis).ToString();
            }

            if (pendingSpace)
            {
                line.Append(' ');
                pendingSpace = false;
            }

            line.Append(character);
        }

        return line.ToString();
    }

    /// <summary>The address without its user information and its query, which may hold a secret.</summary>
    public static string Address(Uri url)
        => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>The message of an exception without the name of the parameter, which .NET and .NET Framework append.</summary>
    public static string WithoutParameter(ArgumentException exception)
    {
        var message = exception.Message;
        var end = new[] { " (Parameter '", Environment.NewLine + "Parameter name:" }.Max(mark => message.LastIndexOf(mark, StringComparison.Ordinal));
        return end < 0 ? message : message.Substring(0, end);
    }

    /// <summary>A time in seconds.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A sentence that ends with a full stop, so that another can follow.</summary>
    public static string Sentence(string text)
    {
        var line = OneLine(text);
        return line.Length > 0 && ".!?…".IndexOf(line[line.Length - 1]) >= 0 ? line : line + ".";
    }

    // Marks that turn the direction of writing could make a message read as something else, and tags hide a text in it. The
    // block of tags is invisible as a whole, although Unicode has not assigned all of it.
    private static bool IsInvisible(string text, int position)
        => CharUnicodeInfo.GetUnicodeCategory(text, position) == UnicodeCategory.Format
        || (char.IsSurrogatePair(text, position) && char.ConvertToUtf32(text, position) is >= FirstTag and <= LastTag);

    private static StringBuilder WithoutHalfCharacter(StringBuilder line)
    {
        if (char.IsHighSurrogate(line[line.Length - 1]))
        {
            line.Length--;
        }

        return line;
    }
}
