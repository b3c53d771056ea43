using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>Everything that one request generates.</summary>
internal sealed class InferenceResult
{
    public InferenceResult(InferenceParameters request)
    {
        Request = request;
        Choices = Enumerable.Range(0, request.Results)
            .Select(index => Generation.Create(StandInModel.Answer(request.Prompt, unchecked(request.Seed + index)), request.MaxTokens, request.Stop))
            .ToArray();
        PromptTokens = Tokenizer.Count(request.Prompt);
        CompletionTokens = Choices.Sum(choice => choice.Tokens.Count);
    }

    public InferenceParameters Request { get; }

    public IReadOnlyList<Generation> Choices { get; }

    public int PromptTokens { get; }

    public int CompletionTokens { get; }

    /// <summary>The text of a choice, as a whole response and the last event of a stream have it.</summary>
    public string TextOf(Generation choice) => Request.Echo ? Request.Prompt + choice.Text : choice.Text.TrimStart(' ');

    /// <summary>The tokens of a choice, as a stream sends them.</summary>
    public IEnumerable<Token> TokensOf(Generation choice)
        => Request.Echo ? Tokenizer.Split(Request.Prompt).Concat(choice.Tokens) : choice.Tokens;
}
