using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Completions;

/// <summary>Everything that one request generates, made while it is read.</summary>
internal sealed class CompletionResult
{
    public CompletionResult(CompletionParameters request, string id, long created)
    {
        Request = request;
        Id = id;
        Created = created;
        Choices = [.. Enumerable.Range(0, request.Results).Select(index => new Generation(request.Source.Answer(SeedOf(index)), request.MaxTokens, request.Stop))];
        PromptTokens = Tokenizer.Count(request.Prompt);
    }

    public CompletionParameters Request { get; }

    public string Id { get; }

    public long Created { get; }

    public IReadOnlyList<Generation> Choices { get; }

    public int PromptTokens { get; }

    public long SeedOf(int choice) => unchecked(Request.Seed + choice);

    /// <summary>Why a text ends, in the words of this endpoint.</summary>
    public static string FinishReasonOf(string reason) => reason == FinishReasons.Length ? "length" : "stop";
}
