using TogetherAI.LocalServer.Endpoints.Jobs;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>The jobs of model uploads, which end a few seconds after they began. Nothing is downloaded.</summary>
internal sealed class ModelUploads(TimeProvider time)
{
    // The oldest are forgotten.
    private const int MaxJobs = 1000;

    private static readonly JobStage Queued = new("Queued", TimeSpan.Zero, "Waiting for a worker.");
    private static readonly JobStage Running = new("Running", TimeSpan.FromSeconds(1), "Downloading the model.");
    private static readonly JobStage Complete = new("Complete", TimeSpan.FromSeconds(3), "This local server downloads nothing, and says that it did.");
    private static readonly JobStage Failed = new("Failed", TimeSpan.FromSeconds(2), "The source of the model does not exist.");

    private readonly Lock _gate = new();
    private readonly List<(ModelJob Facts, JobTimeline Timeline)> _jobs = [];

    /// <summary>The jobs as they are now, newest first.</summary>
    public IReadOnlyList<ModelJob> Listed
    {
        get
        {
            lock (_gate)
            {
                return [.. _jobs.AsEnumerable().Reverse().Select(Describe)];
            }
        }
    }

    public ModelJob? Find(string id) => Listed.FirstOrDefault(job => job.JobId == id);

    public void Start(string id, string name, string source, string description)
    {
        var end = source == TogetherAILocalServerOptions.MissingModel ? Failed : Complete;
        var facts = new ModelJob
        {
            JobId = id,
            Type = ModelJobType.ModelUpload,
            Arguments = new ModelJobArguments { Description = description, ModelName = name, ModelSource = source },
        };
        lock (_gate)
        {
            if (_jobs.Count == MaxJobs)
            {
                _jobs.RemoveAt(0);
            }

            _jobs.Add((facts, new JobTimeline(time.GetUtcNow(), [Queued, Running, end])));
        }
    }

    private ModelJob Describe((ModelJob Facts, JobTimeline Timeline) job)
    {
        var stages = job.Timeline.Until(time.GetUtcNow());
        return new ModelJob
        {
            JobId = job.Facts.JobId,
            Type = job.Facts.Type,
            Arguments = job.Facts.Arguments,
            Status = new ModelJobStatus(stages[^1].Status),
            StatusUpdates = [.. stages.Select(stage => new ModelJobStatusUpdate { Status = new ModelJobStatus(stage.Status), Message = stage.Message, Timestamp = job.Timeline.TimeOf(stage) })],
            CreatedAt = job.Timeline.Start,
            UpdatedAt = job.Timeline.TimeOf(stages[^1]),
        };
    }
}
