using System.Globalization;
using System.Text.RegularExpressions;

namespace TogetherAI.LocalServer.Text;

/// <summary>What the mock server understands of a prompt: the question in it, and how many words are wanted.</summary>
internal sealed partial class Prompt
{
    // Longer answers than this are nobody's wish, but a slip of a finger.
    private const int MostWords = 1_000_000;

    public Prompt(string text)
    {
        var plain = Spaces().Replace(Markup().Replace(text, " "), " ").Trim();
        var limit = WordLimit().Match(plain);
        var length = limit.Success ? limit : WordCount().Match(plain);
        if (length.Success && int.TryParse(length.Groups["count"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            Words = Math.Clamp(count, 1, MostWords);
            IsLimit = limit.Success;
        }

        var question = limit.Success ? plain.Remove(limit.Index, limit.Length).Trim() : plain;
        Question = question.Length > 0 ? question : plain;
    }

    /// <summary>The prompt without the marks of chat templates and without a leading limit of words.</summary>
    public string Question { get; }

    /// <summary>Number of words that the prompt speaks of, if any.</summary>
    public int? Words { get; }

    /// <summary>Whether <see cref="Words"/> is the most, rather than just as many.</summary>
    public bool IsLimit { get; }

    [GeneratedRegex(@"\[/?INST\]|<<?/?\w+>>?|<\|[^|<>]*\|>", RegexOptions.CultureInvariant)]
    private static partial Regex Markup();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"((using|with|in)\s+)?(no more than|at most|less than|fewer than|up to|under)\s+(?<count>\d{1,7})\s+words,?\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WordLimit();

    [GeneratedRegex(@"\b(?<count>\d{1,7})\s+words\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WordCount();
}
