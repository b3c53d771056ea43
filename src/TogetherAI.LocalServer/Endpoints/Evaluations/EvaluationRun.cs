using Newtonsoft.Json.Linq;
using TogetherAI.LocalServer.Endpoints.Files;
using TogetherAI.LocalServer.Endpoints.Jobs;

namespace TogetherAI.LocalServer.Endpoints.Evaluations;

/// <summary>One evaluation: what it was started with, how far it is, and its results once they are asked for.</summary>
internal sealed class EvaluationRun(string id, string type, JToken parameters, EvaluationParameters settings, FileShelf files, TimeProvider time) : IDisposable
{
    private static readonly JobStage Pending = new("pending", TimeSpan.Zero, "The evaluation was created.");
    private static readonly JobStage Queued = new("queued", TimeSpan.FromSeconds(1), "Waiting for a worker.");
    private static readonly JobStage Running = new("running", TimeSpan.FromSeconds(2), "Evaluating.");
    private static readonly JobStage Completed = new("completed", TimeSpan.FromSeconds(4), "The evaluation is complete.");
    private static readonly JobStage Failed = new("user_error", TimeSpan.FromSeconds(3), "The input file does not exist.");

    // What the file is when the evaluation begins decides how it ends.
    private readonly JobTimeline _timeline = new(time.GetUtcNow(), [Pending, Queued, Running, files.Has(settings.InputDataFilePath) ? Completed : Failed]);
    private readonly SemaphoreSlim _gate = new(1);
    private EvaluationResults? _results;

    public string Id => id;

    public EvaluationStatus Status => new(_timeline.Until(time.GetUtcNow())[^1].Status);

    public async Task<EvaluationJob> DescribeAsync(CancellationToken cancellationToken)
    {
        var stages = _timeline.Until(time.GetUtcNow());
        return new EvaluationJob
        {
            WorkflowId = id,
            Type = new EvaluationType(type),
            OwnerId = "user-local",
            Status = new EvaluationStatus(stages[^1].Status),
            StatusUpdates = [.. stages.Select(stage => new EvaluationStatusUpdate { Status = new EvaluationStatus(stage.Status), Message = stage.Message, Timestamp = _timeline.TimeOf(stage) })],
            Parameters = parameters,
            CreatedAt = _timeline.Start,
            UpdatedAt = _timeline.TimeOf(stages[^1]),
            Results = await ResultsAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>The results, or the reason for the failure; null before the evaluation has ended.</summary>
    public async Task<EvaluationResults?> ResultsAsync(CancellationToken cancellationToken)
    {
        if (Status.Value == Failed.Status)
        {
            return new EvaluationResults { Error = $"The file {settings.InputDataFilePath} does not exist." };
        }

        if (Status.Value != Completed.Status)
        {
            return null;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _results ??= await EvaluateAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<EvaluationResults> EvaluateAsync(CancellationToken cancellationToken)
    {
        var evaluation = Evaluation.Create(type, settings);
        var input = files.Require(settings.InputDataFilePath, "input_data_file_path");
        var result = await files.WriteAsync($"{id}.jsonl", FilePurpose.EvaluationOutput, WriteAsync, cancellationToken).ConfigureAwait(false);
        return evaluation.Results(result.Id);

        async Task WriteAsync(Stream target)
        {
            await using var results = new StreamWriter(target, leaveOpen: true) { NewLine = "\n" };
            var headers = input.Facts.FileType == FileType.Csv ? 1 : 0;
            await foreach (var line in input.LinesAsync(cancellationToken).Skip(headers).ConfigureAwait(false))
            {
                await results.WriteLineAsync(evaluation.Evaluate(line)).ConfigureAwait(false);
            }
        }
    }
}
