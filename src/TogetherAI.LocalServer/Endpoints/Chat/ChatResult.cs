using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary>Everything that one request generates, made while it is read.</summary>
internal sealed class ChatResult
{
    // The same for all choices, but for the ids.
    private readonly IReadOnlyList<ChatToolCall> _calls;
    private readonly int _callTokens;

    public ChatResult(ChatParameters request, string id, long created)
    {
        Request = request;
        Id = id;
        Created = created;
        PromptTokens = request.Messages.Sum(message => Tokenizer.Count(message.Text));
        ReasoningTokens = Reasoning().Count();
        _calls = request.Tools.Calls(request.Messages[^1]);
        _callTokens = _calls.Sum(call => Tokenizer.Count(call.Arguments));
        Choices = [.. Enumerable.Range(0, request.Results).Select(Answer)];
    }

    public ChatParameters Request { get; }

    public string Id { get; }

    public long Created { get; }

    public IReadOnlyList<ChatAnswer> Choices { get; }

    public int PromptTokens { get; }

    /// <summary>Tokens of the reasoning of one choice; all have the same.</summary>
    public int ReasoningTokens { get; }

    /// <summary>The reasoning that each choice begins with.</summary>
    public IEnumerable<Token> Reasoning() => Request.Reasons ? Request.Source.Thought().Take(Request.MaxTokens) : [];

    /// <summary>The counts of the whole request as JSON.</summary>
    /// <param name="contentTokens">Tokens of the texts of all choices.</param>
    public string Usage(int contentTokens)
        => WireJson.Usage(PromptTokens, contentTokens + ((ReasoningTokens + _callTokens) * Choices.Count), ReasoningTokens * Choices.Count);

    private ChatAnswer Answer(int index)
    {
        var tokens = _calls.Count > 0 ? [] : Request.Format is { } json ? Tokenizer.Split(json) : Text(index);
        return new ChatAnswer(
            new Generation(tokens, Request.MaxTokens - ReasoningTokens, Request.Stop),
            [.. _calls.Select((call, position) => call with { Id = $"call_{Id}_{index}_{position}" })]);
    }

    // The words come with the space before them, which a message of its own does not begin with.
    private IEnumerable<Token> Text(int index)
        => Request.Source.Answer(unchecked(Request.Seed + index))
            .Select((token, position) => position == 0 ? new Token(token.Text.TrimStart(' ')) : token);
}
