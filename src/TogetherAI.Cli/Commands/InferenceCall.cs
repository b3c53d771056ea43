using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>One call, and how its result is to be printed.</summary>
internal sealed record InferenceCall(
    TogetherAIInferenceClient Client,
    InferenceRequest Request,
    TogetherAIRequestOptions Options,
    Terminal Terminal)
{
    public bool Json { get; init; }

    public bool Special { get; init; }
}
