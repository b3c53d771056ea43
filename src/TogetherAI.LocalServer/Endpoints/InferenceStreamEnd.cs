namespace TogetherAI.LocalServer.Endpoints;

/// <summary>What the last event of a stream adds; the default value adds nothing.</summary>
/// <param name="Text">Whole text of a choice in pieces, in the last event of that choice.</param>
/// <param name="Totals">What is counted and measured, in the very last event.</param>
internal readonly record struct InferenceStreamEnd(IEnumerable<string>? Text, InferenceTotals? Totals);
