namespace TogetherAI.LocalServer.Endpoints;

/// <summary>What the last event of a stream adds; the default value adds nothing.</summary>
/// <param name="Text">Whole text of a choice, in the last event of that choice.</param>
/// <param name="Result">The result whose token counts are reported, in the very last event.</param>
/// <param name="Validation">Time for reading and checking the request.</param>
/// <param name="Inference">Time since the stream began.</param>
internal readonly record struct InferenceStreamEnd(string? Text, InferenceResult? Result, TimeSpan Validation, TimeSpan Inference);
