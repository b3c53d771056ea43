namespace TogetherAI.LocalServer.Endpoints.FineTuning;

/// <summary>
/// What happens in a job, and when: a second for each training step, and a few before and after. Nothing runs meanwhile; what has
/// happened follows from the time that has passed.
/// </summary>
internal sealed class TrainingTimeline(TrainingRun run)
{
    private static readonly TimeSpan TrainingStart = TimeSpan.FromSeconds(5);

    /// <summary>When a training step ends.</summary>
    public static TimeSpan EndOf(int step) => TrainingStart + TimeSpan.FromSeconds(step);

    /// <summary>All moments of the job, in order.</summary>
    public IReadOnlyList<TrainingMoment> Moments()
    {
        var moments = Undisturbed();
        if (run.CancelledAt is not { } cancelled)
        {
            return [.. moments];
        }

        var at = cancelled - run.Job.CreatedAt!.Value;
        return
        [
            .. moments.TakeWhile(moment => moment.At <= at),
            new TrainingMoment(at, "The cancellation of the job was requested.", FineTuningEventType.CancelRequested, FineTuningStatus.CancelRequested),
            new TrainingMoment(at + TimeSpan.FromSeconds(1), "The job was cancelled.", FineTuningEventType.JobStopped, FineTuningStatus.Cancelled),
        ];
    }

    private static TimeSpan Second(int seconds) => TimeSpan.FromSeconds(seconds);

    private IEnumerable<TrainingMoment> Undisturbed()
    {
        yield return new TrainingMoment(Second(0), "The job was created.", FineTuningEventType.JobPending, FineTuningStatus.Pending);
        yield return new TrainingMoment(Second(1), "The job is queued.", Status: FineTuningStatus.Queued);
        yield return new TrainingMoment(Second(2), "The job was started.", FineTuningEventType.JobStart, FineTuningStatus.Running);
        yield return new TrainingMoment(Second(2), "The model is being downloaded.", FineTuningEventType.ModelDownloading);
        yield return new TrainingMoment(Second(3), "The model was downloaded.", FineTuningEventType.ModelDownloadComplete);
        yield return new TrainingMoment(Second(3), "The training data is being downloaded.", FineTuningEventType.TrainingDataDownloading);
        yield return new TrainingMoment(Second(4), "The training data was downloaded.", FineTuningEventType.TrainingDataDownloadComplete);
        if (run.Job.ValidationFile is not null)
        {
            yield return new TrainingMoment(Second(4), "The validation data is being downloaded.", FineTuningEventType.ValidationDataDownloading);
            yield return new TrainingMoment(Second(4), "The validation data was downloaded.", FineTuningEventType.ValidationDataDownloadComplete);
        }

        if (run.Fault is { } fault)
        {
            yield return new TrainingMoment(Second(4), fault, FineTuningEventType.JobError, FineTuningStatus.UserError);
            yield break;
        }

        foreach (var moment in Training())
        {
            yield return moment;
        }
    }

    private IEnumerable<TrainingMoment> Training()
    {
        yield return new TrainingMoment(TrainingStart, "The training was started.", FineTuningEventType.TrainingStart);
        var checkpoints = run.CheckpointSteps;
        for (var step = 1; step <= run.Steps; step++)
        {
            if (checkpoints.Contains(step))
            {
                yield return new TrainingMoment(EndOf(step), $"A checkpoint was saved at step {step}.", FineTuningEventType.CheckpointSave, Step: step);
            }

            if (step % run.StepsPerEpoch == 0)
            {
                yield return new TrainingMoment(EndOf(step), $"Epoch {step / run.StepsPerEpoch} of {run.Epochs} was completed.", FineTuningEventType.EpochComplete, Step: step);
            }
        }

        var end = EndOf(run.Steps);
        yield return new TrainingMoment(end, "The training was completed.", FineTuningEventType.TrainingComplete, Step: run.Steps);
        yield return new TrainingMoment(end, "The model is being compressed.", FineTuningEventType.ModelCompressing, FineTuningStatus.Compressing);
        yield return new TrainingMoment(end + Second(1), "The model was compressed.", FineTuningEventType.ModelCompressionComplete);
        yield return new TrainingMoment(end + Second(1), "The model is being uploaded.", FineTuningEventType.ModelUploading, FineTuningStatus.Uploading);
        yield return new TrainingMoment(end + Second(2), "The model was uploaded.", FineTuningEventType.ModelUploadComplete);
        yield return new TrainingMoment(end + Second(2), "The job was completed.", FineTuningEventType.JobComplete, FineTuningStatus.Completed);
    }
}
