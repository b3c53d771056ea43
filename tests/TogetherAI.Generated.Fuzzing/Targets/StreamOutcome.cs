namespace TogetherAI.Fuzzing.Targets;

/// <summary>What a stream gave, and how it ended.</summary>
/// <param name="Values">What it gave, as text.</param>
/// <param name="Failure">How it failed; null where it did not.</param>
internal sealed record StreamOutcome(IReadOnlyList<string> Values, TogetherAIStreamFailure? Failure)
{
    public bool IsSameAs(StreamOutcome other) => Failure == other.Failure && Values.SequenceEqual(other.Values);

    public bool BeginsWith(StreamOutcome other) => Values.Take(other.Values.Count).SequenceEqual(other.Values);

    public override string ToString() => $"{Failure?.ToString() ?? "complete"} {string.Join(" | ", Values)}";
}
