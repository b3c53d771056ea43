using System.Security.Cryptography;
using Newtonsoft.Json.Linq;
using TogetherAI.LocalServer.Endpoints.Jobs;

namespace TogetherAI.LocalServer.Endpoints.Queue;

/// <summary>
/// The queued jobs. Each waits for a second, runs for a second and gives back its input; a payload with <c>"fail": true</c> makes
/// its job fail.
/// </summary>
internal sealed class QueueShelf(TimeProvider time)
{
    // The oldest are forgotten.
    private const int MaxJobs = 1000;

    private static readonly TimeSpan Waiting = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Working = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly List<Entry> _jobs = [];

    /// <summary>Queues a job, and gives its id.</summary>
    public string Add(string model, JObject payload, JObject? information, int priority)
    {
        var end = payload["fail"] is JValue { Value: true } ? QueueStatus.Failed : QueueStatus.Done;
        JobStage[] stages = [new(QueueStatus.Pending.Value, TimeSpan.Zero), new(QueueStatus.Running.Value, Waiting), new(end.Value, Waiting + Working)];
        var job = new Entry($"req-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}", model, payload, information, priority, new JobTimeline(time.GetUtcNow(), stages));
        lock (_gate)
        {
            if (_jobs.Count == MaxJobs)
            {
                _jobs.RemoveAt(0);
            }

            _jobs.Add(job);
        }

        return job.Id;
    }

    /// <summary>The job of a model as it is now; null where there is none.</summary>
    public QueueJob? Find(string model, string id)
    {
        lock (_gate)
        {
            return _jobs.Find(job => job.Model == model && job.Id == id) is { } job ? Describe(job) : null;
        }
    }

    /// <summary>Cancels a job that waits, and says its status; null where there is none.</summary>
    public (QueueStatus Status, bool IsCancelled)? Cancel(string model, string id)
    {
        lock (_gate)
        {
            var index = _jobs.FindIndex(job => job.Model == model && job.Id == id);
            if (index < 0)
            {
                return null;
            }

            var status = StatusOf(_jobs[index]);
            if (status != QueueStatus.Pending)
            {
                return (status, false);
            }

            _jobs[index] = _jobs[index] with { CancelledAt = time.GetUtcNow() };
            return (QueueStatus.Cancelled, true);
        }
    }

    public int Count(string model, QueueStatus status)
    {
        lock (_gate)
        {
            return _jobs.Count(job => job.Model == model && StatusOf(job) == status);
        }
    }

    private QueueStatus StatusOf(Entry job)
        => job.CancelledAt is null ? new QueueStatus(job.Timeline.Until(time.GetUtcNow())[^1].Status) : QueueStatus.Cancelled;

    private QueueJob Describe(Entry job)
    {
        var status = StatusOf(job);
        var hasBegun = status != QueueStatus.Pending && status != QueueStatus.Cancelled;
        var hasEnded = hasBegun && status != QueueStatus.Running;
        return new QueueJob
        {
            Model = job.Model,
            RequestId = job.Id,
            Status = status,
            CreatedAt = job.Timeline.Start,
            ClaimedAt = hasBegun ? job.Timeline.Start + Waiting : null,
            DoneAt = job.CancelledAt ?? (hasEnded ? job.Timeline.Start + Waiting + Working : null),
            Info = job.Information,
            Inputs = job.Payload,
            Outputs = status == QueueStatus.Done ? new JObject { ["inputs"] = job.Payload } : null,
            Priority = job.Priority,
            Retries = 0,
            Warnings = status == QueueStatus.Failed ? ["The payload asked for a failure."] : null,
        };
    }

    private sealed record Entry(string Id, string Model, JObject Payload, JObject? Information, int Priority, JobTimeline Timeline)
    {
        public DateTimeOffset? CancelledAt { get; init; }
    }
}
