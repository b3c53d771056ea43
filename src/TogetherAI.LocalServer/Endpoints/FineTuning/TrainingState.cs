using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.FineTuning;

/// <summary>A job at one moment.</summary>
internal sealed class TrainingState
{
    private readonly TrainingRun _run;
    private readonly DateTimeOffset _created;
    private readonly DateTimeOffset _now;
    private readonly List<TrainingMoment> _past;
    private readonly TimeSpan _end;

    public TrainingState(TrainingRun run, DateTimeOffset now)
    {
        _run = run;
        _now = now;
        _created = run.Job.CreatedAt!.Value;
        var moments = new TrainingTimeline(run).Moments();
        _end = moments[^1].At;
        // A clock that goes back does not undo the creation.
        _past = [.. moments.Where((moment, index) => index == 0 || moment.At <= now - _created)];
    }

    public FineTuningStatus Status => _past.Last(moment => moment.Status is not null).Status!;

    /// <summary>The training steps that have been completed.</summary>
    public int Steps => Enumerable.Range(1, _run.Steps).Count(step => Reaches(TrainingTimeline.EndOf(step)));

    public IReadOnlyList<FineTuningEvent> Events =>
    [
        .. _past.Where(moment => moment.Type is not null).Select(moment => new FineTuningEvent
        {
            Object = "fine-tune-event",
            CreatedAt = _created + moment.At,
            Level = moment.Type == FineTuningEventType.JobError ? FineTuningEventLevel.Error : FineTuningEventLevel.Info,
            Message = moment.Message,
            Type = moment.Type,
            Step = moment.Step,
            TotalSteps = _run.Steps,
            CheckpointPath = moment.Type == FineTuningEventType.CheckpointSave ? PathOf(moment.Step!.Value) : null,
        }),
    ];

    public IReadOnlyList<FineTuningCheckpoint> Checkpoints =>
    [
        .. _past.Where(moment => moment.Type == FineTuningEventType.CheckpointSave).Select(moment => new FineTuningCheckpoint
        {
            Step = moment.Step,
            Path = PathOf(moment.Step!.Value),
            CreatedAt = _created + moment.At,
            CheckpointType = moment.Step == _run.Steps ? FineTuningCheckpointType.Final : FineTuningCheckpointType.Intermediate,
        }),
    ];

    /// <summary>The job as a response.</summary>
    public FineTuningJob Job
    {
        get
        {
            var job = ObjectJson.Read<FineTuningJob>(ObjectJson.Bytes(_run.Job).Span);
            job.Status = Status;
            job.UpdatedAt = _created + _past[^1].At;
            job.StartedAt = _past.FirstOrDefault(moment => moment.Type == FineTuningEventType.JobStart) is { } start ? _created + start.At : null;
            job.EpochsCompleted = Steps / _run.StepsPerEpoch;
            job.Events = Events;
            var left = _end - (_now - _created);
            job.Progress = new FineTuningProgress { IsEstimateAvailable = true, TimeRemaining = TimeSpan.FromSeconds(Math.Max(0, Math.Ceiling(left.TotalSeconds))) };
            job.ModelOutputPath = Status == FineTuningStatus.Completed ? PathOf(_run.Steps) : null;
            return job;
        }
    }

    /// <summary>The metrics of each step, whose loss only ever decreases.</summary>
    public IEnumerable<(int Step, DateTimeOffset At, Dictionary<string, double> Values)> Metrics
        => Enumerable.Range(1, Steps).Select(step => (step, _created + TrainingTimeline.EndOf(step), new Dictionary<string, double>
        {
            ["global_step"] = step,
            ["epoch"] = (double)step / _run.StepsPerEpoch,
            ["train/loss"] = 2.0 / (step + 1),
            ["train/learning_rate"] = _run.Job.LearningRate ?? 0,
        }));

    private bool Reaches(TimeSpan at) => at <= _now - _created && (_run.CancelledAt is not { } cancelled || _created + at <= cancelled) && _run.Fault is null;

    private string PathOf(int step) => $"local://{_run.Job.Id}/step-{step}";
}
