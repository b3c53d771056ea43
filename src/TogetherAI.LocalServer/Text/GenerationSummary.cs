namespace TogetherAI.LocalServer.Text;

/// <summary>What is known of a generated text at its end.</summary>
/// <param name="Tokens">Number of its tokens, the special one at its end included.</param>
/// <param name="FinishReason">See <see cref="FinishReasons"/>.</param>
internal readonly record struct GenerationSummary(int Tokens, string FinishReason);
