using System.Text.RegularExpressions;

namespace TogetherAI.LocalServer.Text;

/// <summary>
/// Cuts text into tokens: words with the space before them, long words in several pieces, each sign on its own.
/// Joined, the tokens are the text.
/// </summary>
internal static partial class Tokenizer
{
    /// <summary>The tokens of a text, cut while they are read.</summary>
    public static IEnumerable<Token> Split(string text)
    {
        // Match by match: a collection of matches keeps every one.
        for (var match = Pieces().Match(text); match.Success; match = match.NextMatch())
        {
            yield return new Token(match.Value);
        }
    }

    public static int Count(string text) => Pieces().Count(text);

    // The last alternatives take a pair of surrogates as one, so that no token has half a character.
    [GeneratedRegex(@" ?[\p{L}\p{M}]{1,7}| ?\p{Nd}{1,3}|\s| ?[\uD800-\uDBFF][\uDC00-\uDFFF]| ?.", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Pieces();
}
