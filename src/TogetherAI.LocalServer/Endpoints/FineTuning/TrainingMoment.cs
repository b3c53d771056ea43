namespace TogetherAI.LocalServer.Endpoints.FineTuning;

/// <summary>Something that happens in a job.</summary>
/// <param name="At">The time since the job was created.</param>
/// <param name="Message">The message of the event.</param>
/// <param name="Type">The type of the event; null if it is only another status.</param>
/// <param name="Status">The status from then on; null if it stays the same.</param>
/// <param name="Step">The training step; null if it is none.</param>
internal sealed record TrainingMoment(TimeSpan At, string Message, FineTuningEventType? Type = null, FineTuningStatus? Status = null, int? Step = null);
