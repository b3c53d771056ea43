using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Completions;

/// <summary>Everything that one request generates.</summary>
internal sealed class CompletionResult
{
    public CompletionResult(CompletionParameters request, string id, long created)
    {
        Request = request;
        Id = id;
        Created = created;
        Choices = [.. Enumerable.Range(0, request.Results).Select(index
            => Generation.Create(StandInModel.Answer(request.Prompt, SeedOf(index)), request.MaxTokens, request.Stop))];
        PromptTokens = Tokenizer.Count(request.Prompt);
        CompletionTokens = Choices.Sum(choice => choice.Tokens.Count);
    }

    public CompletionParameters Request { get; }

    public string Id { get; }

    public long Created { get; }

    public IReadOnlyList<Generation> Choices { get; }

    public int PromptTokens { get; }

    public int CompletionTokens { get; }

    public long SeedOf(int choice) => unchecked(Request.Seed + choice);

    public static string FinishReasonOf(Generation choice) => choice.FinishReason == FinishReasons.Length ? "length" : "stop";
}
