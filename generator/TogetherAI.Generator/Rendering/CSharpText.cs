using System.Globalization;
using System.Text;

namespace TogetherAI.Generator.Rendering;

/// <summary>The one place where text of a document becomes text of C#: a literal, or what may stand in a comment.</summary>
internal static class CSharpText
{
    /// <summary>A string literal of printable ASCII, whatever the text holds.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
        {
            switch (character)
            {
                case '"' or '\\':
                    literal.Append('\\').Append(character);
                    break;
                case '\n':
                    literal.Append("\\n");
                    break;
                case >= ' ' and <= '~':
                    literal.Append(character);
                    break;
                default:
                    literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
                    break;
            }
        }

        return literal.Append('"').ToString();
    }

    /// <summary>
    /// Text for a comment: line feeds are its only line ends, and what XML cannot hold or a reader cannot see is gone.
    /// The filter <c>csharpdocs</c> of the templates escapes it for XML.
    /// </summary>
    public static string Comment(string text)
    {
        var comment = new StringBuilder(text.Length);
        for (var position = 0; position < text.Length; position++)
        {
            var character = text[position];
            if (character is '\r' or '\u0085' or '\u2028' or '\u2029' or '\v' or '\f')
            {
                var isPair = character == '\r' && position + 1 < text.Length && text[position + 1] == '\n';
                comment.Append(isPair ? "" : "\n");
            }
            else if (position + 1 < text.Length && char.IsSurrogatePair(character, text[position + 1]))
            {
                comment.Append(character).Append(text[++position]);
            }
            else if (character is '\n' or '\t' || IsVisible(character))
            {
                comment.Append(character);
            }
        }

        // The templates take what is between two of these signs for code; one alone would be the beginning of nothing.
        var result = comment.ToString().Trim();
        return result.Count(static character => character == '`') % 2 == 0 ? result : result.Remove(result.LastIndexOf('`'), 1);
    }

    /// <summary>The same on one line.</summary>
    public static string Line(string text) => Comment(text).Replace('\n', ' ');

    // Direction marks and other invisible signs could make a comment look like code, or code like a comment.
    private static bool IsVisible(char character)
        => char.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned)
            && character is not ('\uFFFE' or '\uFFFF');
}
