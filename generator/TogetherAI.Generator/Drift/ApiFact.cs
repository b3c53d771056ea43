namespace TogetherAI.Generator.Drift;

/// <summary>One thing that a document says of an operation.</summary>
/// <param name="Where">What it is about, such as <c>request.messages[].role</c>; empty for the operation itself.</param>
/// <param name="Aspect">What is said: one of <see cref="Aspects"/>, or a limit such as <c>maximum</c>.</param>
/// <param name="Value">How it is said.</param>
internal sealed record ApiFact(string Where, string Aspect, string Value);
