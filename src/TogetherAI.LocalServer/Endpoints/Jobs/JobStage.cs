namespace TogetherAI.LocalServer.Endpoints.Jobs;

/// <summary>A status of a job.</summary>
/// <param name="Status">The status.</param>
/// <param name="After">The time after the start of the job from which it holds.</param>
/// <param name="Message">What the job says of it.</param>
internal sealed record JobStage(string Status, TimeSpan After, string Message = "");
