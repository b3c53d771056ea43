namespace TogetherAI.LocalServer.Endpoints.Jobs;

/// <summary>The statuses that a job goes through as time passes.</summary>
/// <param name="Start">When it began.</param>
/// <param name="Stages">Its statuses, each with the time after the start from which it holds.</param>
internal sealed record JobTimeline(DateTimeOffset Start, IReadOnlyList<JobStage> Stages)
{
    /// <summary>The stages until a time, of which there is at least one.</summary>
    public IReadOnlyList<JobStage> Until(DateTimeOffset now) => [Stages[0], .. Stages.Skip(1).Where(stage => Start + stage.After <= now)];

    public DateTimeOffset TimeOf(JobStage stage) => Start + stage.After;
}
