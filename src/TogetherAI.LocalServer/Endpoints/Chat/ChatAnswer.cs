using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary>One choice of an answer.</summary>
internal sealed class ChatAnswer
{
    private ChatAnswer(Token[] reasoning, Generation content, IReadOnlyList<ChatToolCall> calls)
    {
        Reasoning = reasoning;
        Content = [.. content.Tokens.Where(token => !token.IsSpecial)];
        Text = content.Text;
        Calls = calls;
        FinishReason = calls.Count > 0 ? "tool_calls" : content.FinishReason == FinishReasons.Length ? "length" : "stop";
        CompletionTokens = reasoning.Length + content.Tokens.Count + calls.Sum(call => Tokenizer.Count(call.Arguments));
    }

    public IReadOnlyList<Token> Reasoning { get; }

    public IReadOnlyList<Token> Content { get; }

    public string Text { get; }

    public IReadOnlyList<ChatToolCall> Calls { get; }

    public string FinishReason { get; }

    public int CompletionTokens { get; }

    public static ChatAnswer Create(ChatParameters request, int index, string requestId)
    {
        Token[] reasoning = request.Reasons ? [.. Tokenizer.Split(Thought(request.Prompt)).Take(request.MaxTokens)] : [];
        var calls = request.Tools.Calls(request.Messages[^1], $"{requestId}_{index}");
        var words = calls.Count > 0 ? [] : Words(request, index);
        return new ChatAnswer(reasoning, Generation.Create(words, request.MaxTokens - reasoning.Length, request.Stop), calls);
    }

    private static string Thought(string prompt)
        => $"Somebody asks “{new Prompt(prompt).Question}”. I am a stand-in without a thought of my own, so I will say so.";

    // The words come with the space before them, which a message of its own does not begin with.
    private static IEnumerable<string> Words(ChatParameters request, int index)
        => request.Format is { } json
            ? [json]
            : StandInModel.Answer(request.Prompt, unchecked(request.Seed + index)).Select((word, position) => position == 0 ? word.TrimStart(' ') : word);
}
