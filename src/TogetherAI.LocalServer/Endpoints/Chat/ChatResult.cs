using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary>Everything that one request generates.</summary>
internal sealed class ChatResult
{
    public ChatResult(ChatParameters request, string id, long created)
    {
        Request = request;
        Id = id;
        Created = created;
        Choices = [.. Enumerable.Range(0, request.Results).Select(index => ChatAnswer.Create(request, index, id))];
        PromptTokens = request.Messages.Sum(message => Tokenizer.Count(message.Text));
        CompletionTokens = Choices.Sum(choice => choice.CompletionTokens);
        ReasoningTokens = Choices.Sum(choice => choice.Reasoning.Count);
    }

    public ChatParameters Request { get; }

    public string Id { get; }

    public long Created { get; }

    public IReadOnlyList<ChatAnswer> Choices { get; }

    public int PromptTokens { get; }

    public int CompletionTokens { get; }

    public int ReasoningTokens { get; }
}
