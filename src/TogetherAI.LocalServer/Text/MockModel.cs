using System.Globalization;

namespace TogetherAI.LocalServer.Text;

/// <summary>
/// Composes a response from the prompt alone: the same prompt and seed give the same text. It says what it is, and claims
/// to know nothing. The prompt is read once, however many responses are made.
/// </summary>
internal sealed class MockModel
{
    private const int MostQuotedWords = 30;
    private const int MostQuotedCharacters = 1000;

    private static readonly string[] Openings =
    [
        "I am a local mock server, not a model, so I have no response to “{0}”",
        "This is a mock server on your own machine, not a model; it cannot respond to “{0}”",
        "No model is at work here, only a mock server that has read “{0}”",
    ];

    private static readonly Token[][][] Remarks = [.. new[]
    {
        "Every word of this text was composed from your prompt, and the same request brings the same words again.",
        "The words arrive one token after another, at the pace that the server was started with.",
        "A real model would think here; a mock server merely keeps the line open.",
        "Ask for a number of words, and the text will be as long as that.",
        "Stop sequences, token limits and counts work as they do on the real endpoint.",
        "Nothing in these sentences is knowledge, and none of them should be quoted as such.",
    }.Select(Words)];

    private readonly Prompt _asked;

    // The last one holds all that is beyond what is quoted.
    private readonly string[] _question;

    public MockModel(string prompt)
    {
        _asked = new Prompt(prompt);
        _question = _asked.Question.Split(' ', MostQuotedWords + 1, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The response, made while it is read; each word has the space before it.</summary>
    public IEnumerable<Token> Answer(long seed)
    {
        var variant = (int)(((seed % Openings.Length) + Openings.Length) % Openings.Length);
        var opening = Words(Opening(Openings[variant]));
        var remarks = Enumerable.Range(variant, Remarks.Length).Select(index => Remarks[index % Remarks.Length]).ToArray();
        return _asked switch
        {
            { Words: { } most, IsLimit: true } => Tokens(Within(most, opening, remarks)),
            { Words: { } exact } => Tokens(opening, [.. remarks.SelectMany(words => words)], exact),
            _ => Tokens([.. opening, .. remarks[0]]),
        };
    }

    /// <summary>What is thought before the response.</summary>
    public IEnumerable<Token> Thought()
        => Tokenizer.Split($"Somebody asks “{_asked.Question}”. I am a mock server without a thought of my own, so I will say so.");

    // Whole sentences only, except where not even the first one fits.
    private static Token[][] Within(int most, Token[][] opening, Token[][][] remarks)
    {
        var text = new List<Token[]>(opening.Take(most));
        foreach (var remark in remarks.TakeWhile(remark => text.Count + remark.Length <= most))
        {
            text.AddRange(remark);
        }

        return [.. text];
    }

    private static IEnumerable<Token> Tokens(Token[][] words) => Tokens(words, [], words.Length);

    // The first words once, the others again and again. Loops rather than queries, as a million words are read so.
    private static IEnumerable<Token> Tokens(Token[][] first, Token[][] others, int count)
    {
        for (var index = 0; index < count; index++)
        {
            foreach (var token in index < first.Length ? first[index] : others[(index - first.Length) % others.Length])
            {
                yield return token;
            }
        }
    }

    private string Opening(string template)
    {
        var others = template.Split(' ').Length - 1;
        var room = Math.Max(1, (_asked.IsLimit ? _asked.Words!.Value : int.MaxValue) - others);
        return string.Format(CultureInfo.InvariantCulture, template, Quoted(Math.Min(room, MostQuotedWords))) + ".";
    }

    private string Quoted(int mostWords)
    {
        var quoted = string.Join(' ', _question.Take(mostWords));
        return quoted.Length > MostQuotedCharacters ? WholeCharacters.First(quoted, MostQuotedCharacters) + "…"
            : _question.Length > mostWords ? quoted + "…"
            : quoted;
    }

    private static Token[][] Words(string text)
        => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Tokenizer.Split($" {word}").ToArray())];
}
