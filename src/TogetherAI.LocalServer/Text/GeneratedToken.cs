namespace TogetherAI.LocalServer.Text;

/// <summary>A token of a generated text.</summary>
/// <param name="Token">The token.</param>
/// <param name="FinishReason">Why the text ends with it, see <see cref="FinishReasons"/>; null where it goes on.</param>
internal readonly record struct GeneratedToken(Token Token, string? FinishReason);
