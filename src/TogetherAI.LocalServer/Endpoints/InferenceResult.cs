using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>Everything that one request generates, made while it is read.</summary>
internal sealed class InferenceResult
{
    public InferenceResult(InferenceParameters request)
    {
        Request = request;
        Choices = [.. Enumerable.Range(0, request.Results)
            .Select(index => new Generation(request.Source.Answer(unchecked(request.Seed + index)), request.MaxTokens, request.Stop))];
        PromptTokens = Tokenizer.Count(request.Prompt);
    }

    public InferenceParameters Request { get; }

    public IReadOnlyList<Generation> Choices { get; }

    public int PromptTokens { get; }

    /// <summary>The text of a choice in pieces, as a whole response and the last event of a stream have it.</summary>
    public IEnumerable<string> TextOf(Generation choice)
        => Request.Echo ? choice.Text().Prepend(Request.Prompt) : WithoutSpaceBefore(choice.Text());

    /// <summary>The tokens of a choice, as a stream sends them.</summary>
    public IEnumerable<GeneratedToken> TokensOf(Generation choice)
        => Request.Echo
            ? Tokenizer.Split(Request.Prompt).Select(token => new GeneratedToken(token, FinishReason: null)).Concat(choice.Tokens())
            : choice.Tokens();

    private static IEnumerable<string> WithoutSpaceBefore(IEnumerable<string> pieces)
    {
        var hasBegun = false;
        foreach (var piece in pieces)
        {
            var text = hasBegun ? piece : piece.TrimStart(' ');
            hasBegun |= text.Length > 0;
            yield return text;
        }
    }
}
