using System.Globalization;

namespace TogetherAI.LocalServer.Text;

/// <summary>
/// Composes an answer from the prompt alone: the same prompt and seed give the same text. It says what it is, and claims
/// to know nothing.
/// </summary>
internal static class StandInModel
{
    private static readonly string[] Openings =
    [
        "I am a local stand-in, not a model, so I have no answer to “{0}”",
        "This is a stand-in on your own machine, not a model; it cannot answer “{0}”",
        "No model is at work here, only a stand-in that has read “{0}”",
    ];

    private static readonly string[] Remarks =
    [
        "Every word of this text was composed from your prompt, and the same request brings the same words again.",
        "The words arrive one token after another, at the pace that the server was started with.",
        "A real model would think here; a stand-in merely keeps the line open.",
        "Ask for a number of words, and the text will be as long as that.",
        "Stop sequences, token limits and counts work as they do on the real endpoint.",
        "Nothing in these sentences is knowledge, and none of them should be quoted as such.",
    ];

    /// <summary>The words of the answer, each with the space before it.</summary>
    public static IEnumerable<string> Answer(string prompt, long seed)
    {
        var asked = new Prompt(prompt);
        var variant = (int)(((seed % Openings.Length) + Openings.Length) % Openings.Length);
        var opening = Words(Opening(Openings[variant], asked));
        var remarks = Enumerable.Range(variant, Remarks.Length).Select(index => Words(Remarks[index % Remarks.Length]));
        var words = asked switch
        {
            { Words: { } most, IsLimit: true } => Within(most, opening, remarks),
            { Words: { } exact } => Exactly(exact, opening, remarks),
            _ => opening.Concat(remarks.First()),
        };
        return words.Select(word => " " + word);
    }

    // Whole sentences only, except where not even the first one fits.
    private static IEnumerable<string> Within(int most, string[] opening, IEnumerable<string[]> remarks)
    {
        var text = new List<string>(opening.Take(most));
        foreach (var remark in remarks.TakeWhile(remark => text.Count + remark.Length <= most))
        {
            text.AddRange(remark);
        }

        return text;
    }

    private static IEnumerable<string> Exactly(int count, string[] opening, IEnumerable<string[]> remarks)
    {
        var endless = Enumerable.Repeat(remarks, int.MaxValue).SelectMany(all => all).SelectMany(remark => remark);
        return opening.Concat(endless).Take(count);
    }

    private static string Opening(string template, Prompt asked)
    {
        var question = Words(asked.Question);
        var room = Math.Max(1, (asked.IsLimit ? asked.Words!.Value : int.MaxValue) - (Words(template).Length - 1));
        var quoted = Shorten(question, Math.Min(room, 30));
        return string.Format(CultureInfo.InvariantCulture, template, quoted) + ".";
    }

    private static string Shorten(string[] words, int most)
        => string.Join(' ', words.Take(most)) + (words.Length > most ? "…" : "");

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
