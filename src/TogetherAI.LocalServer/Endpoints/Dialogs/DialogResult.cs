using TogetherAI.LocalServer.Endpoints.Chat;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Dialogs;

/// <summary>Everything that one conversation generates, made while it is read.</summary>
internal sealed class DialogResult
{
    private readonly MockModel _source;

    public DialogResult(DialogRequest request, string id, long created)
    {
        Request = request;
        Id = id;
        Created = created;
        _source = new MockModel(request.Messages[^1].Text);
        PromptTokens = request.Messages.Sum(message => Tokenizer.Count(message.Text));
        ReasoningTokens = Reasoning().Count();
        Calls = [.. request.Tools.Calls(request.Messages[^1]).Select((call, position) => call with { Id = $"call_{id}_{position}" })];
        CallTokens = Calls.Sum(call => Tokenizer.Count(call.Arguments));
        var tokens = Calls.Count > 0 ? [] : request.Format is { } json ? Tokenizer.Split(json) : Text();
        Content = new Generation(tokens, request.MaxTokens - ReasoningTokens, request.Stop);
    }

    public DialogRequest Request { get; }

    /// <summary>The id of the request, of which those of its parts are made.</summary>
    public string Id { get; }

    /// <summary>When the response was made, in seconds since 1970.</summary>
    public long Created { get; }

    /// <summary>The text; empty where tools are called.</summary>
    public Generation Content { get; }

    public IReadOnlyList<ChatToolCall> Calls { get; }

    public int PromptTokens { get; }

    public int ReasoningTokens { get; }

    /// <summary>Tokens of the arguments of all calls.</summary>
    public int CallTokens { get; }

    /// <summary>What is thought first.</summary>
    public IEnumerable<Token> Reasoning() => Request.Reasons ? _source.Thought().Take(Request.MaxTokens) : [];

    /// <summary>Reads the whole text, and counts its tokens; there is none where tools are called.</summary>
    public GenerationSummary Measure(CancellationToken cancellationToken)
        => Calls.Count > 0 ? new GenerationSummary(0, FinishReasons.EndToken) : Content.Measure(cancellationToken);

    // The words come with the space before them, which a message of its own does not begin with.
    private IEnumerable<Token> Text()
        => _source.Answer(seed: 0).Select((token, position) => position == 0 ? new Token(token.Text.TrimStart(' ')) : token);
}
