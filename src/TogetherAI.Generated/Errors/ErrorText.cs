using System.Text;

namespace TogetherAI;

/// <summary>Makes text from elsewhere fit into one line of an exception message.</summary>
internal static class ErrorText
{
    private const int MaxLength = 300;

    /// <summary>Folds white space and control characters, and cuts what is too long.</summary>
    public static string OneLine(string text, int maxLength = MaxLength)
    {
        var line = new StringBuilder(Math.Min(text.Length, maxLength));
        var pendingSpace = false;
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character) || char.IsControl(character))
            {
                pendingSpace = line.Length > 0;
                continue;
            }

            if (line.Length >= maxLength)
            {
                return line.Append('…').ToString();
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

    /// <summary>The address without its query, which may hold a secret.</summary>
    public static string Address(Uri? url) => url is null ? "the server" : url.GetLeftPart(UriPartial.Path);

    /// <summary>A sentence that ends with a full stop, so that another can follow.</summary>
    public static string Sentence(string text)
    {
        var line = OneLine(text);
        return line.Length > 0 && ".!?…".IndexOf(line[line.Length - 1]) >= 0 ? line : line + ".";
    }
}
