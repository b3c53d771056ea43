using System.Text.Json.Serialization;

namespace TogetherAI.LocalServer.Endpoints.FineTuning;

/// <summary>What has to be known of a job: its state follows from it and from the time.</summary>
internal sealed record TrainingRun
{
    /// <summary>The job as it was created.</summary>
    public required FineTuningJob Job { get; init; }

    /// <summary>The number of training steps of an epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>The reason why the training fails; null if it does not.</summary>
    public string? Fault { get; init; }

    /// <summary>When the job was cancelled; null if it was not.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    [JsonIgnore]
    public int Epochs => Job.EpochCount ?? 1;

    [JsonIgnore]
    public int Steps => Epochs * StepsPerEpoch;

    /// <summary>The steps after which a checkpoint is saved; the last one is among them.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> CheckpointSteps
    {
        get
        {
            var count = Math.Clamp(Job.CheckpointCount ?? 1, 1, Steps);
            return [.. Enumerable.Range(1, count).Select(index => (int)Math.Ceiling((double)Steps * index / count))];
        }
    }
}
