namespace TogetherAI.LocalServer.Endpoints;

/// <summary>The numbers that the very last event of a stream reports.</summary>
/// <param name="PromptTokens">Tokens of the prompt.</param>
/// <param name="CompletionTokens">Tokens of all choices together.</param>
/// <param name="Validation">Time for reading and checking the request.</param>
/// <param name="Inference">Time since the stream began.</param>
internal sealed record InferenceTotals(int PromptTokens, int CompletionTokens, TimeSpan Validation, TimeSpan Inference);
