namespace TogetherAI.Cli.Batches;

/// <summary>
/// Sends the requests that have no response as batches, each as large as the service takes, and writes their responses. Each step is
/// kept before the next is made, so that another run goes on where this one ended, and no batch is created twice.
/// </summary>
internal sealed class BatchRun(TogetherAIClient client, TogetherAIRequestOptions options, BatchRunOptions settings, RequestFile requests, ResponseFile responses, BatchState state, ProgressLine progress)
{
    // The limits of the service.
    private const long MaxBytes = 100_000_000;

    private static readonly TogetherAIWaitOptions Wait = new() { Interval = TimeSpan.FromSeconds(1), MaxInterval = TimeSpan.FromSeconds(60), Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The number of requests that the service takes in a batch.</summary>
    public int MaxLines { get; init; } = 50_000;

    /// <summary>The reasons why batches have ended before all their requests were processed.</summary>
    public List<string> Failures { get; } = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        var total = Math.Max(1, state.Parts.Sum(part => part.Count));
        var before = 0;
        foreach (var part in state.Parts)
        {
            if (!part.IsDone)
            {
                var done = before;
                await FinishAsync(part, percent => progress.Report("Processing", (done + part.Count * percent / 100) / total), cancellationToken).ConfigureAwait(false);
            }

            before += part.Count;
        }

        BatchState.Delete(responses.Path);
    }

    // What is not known to have been created may have been, in the moment in which a former run ended.
    private async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var part in state.Parts.Where(part => part is { BatchId: null, FileId: not null }))
        {
            var batches = await client.Batches.ListAsync(options, cancellationToken).ConfigureAwait(false);
            part.BatchId = batches.Data.FirstOrDefault(batch => batch.InputFileId == part.FileId)?.Id;
            await CreateAsync(part, cancellationToken).ConfigureAwait(false);
        }

        if (state.IsComplete)
        {
            return;
        }

        var after = state.Parts.Count > 0 ? state.Parts[^1].LastLine : 0;
        var lines = requests.LinesAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (lines.ConfigureAwait(false))
        {
            var hasNext = await lines.MoveNextAsync().ConfigureAwait(false);
            while (hasNext)
            {
                using var file = new PartFile();
                var part = new BatchPart();
                while (hasNext)
                {
                    var line = lines.Current;
                    if (line.Number > after && !responses.Has(line))
                    {
                        if (part.Count == MaxLines || !file.TryAdd(line.Text, MaxBytes))
                        {
                            break;
                        }

                        part.Count++;
                    }

                    part.LastLine = line.Number;
                    hasNext = await lines.MoveNextAsync().ConfigureAwait(false);
                }

                if (part.Count == 0 && hasNext)
                {
                    throw new UsageException($"Line {lines.Current.Number} is longer than a batch may be ({MaxBytes} bytes).");
                }

                if (part.Count > 0)
                {
                    await StartAsync(part, file, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        state.IsComplete = true;
        state.Save(responses.Path);
    }

    private async Task StartAsync(BatchPart part, PartFile file, CancellationToken cancellationToken)
    {
        var upload = new FileUploadRequest(FileUpload.FromStream(file.ForReading(), "batch.jsonl"), FilePurpose.BatchApi)
        {
            Progress = new UploadProgress(progress, file.Length),
        };
        var uploaded = await client.Files.UploadAsync(upload, options, cancellationToken).ConfigureAwait(false);
        part.FileId = uploaded.Id;
        state.Parts.Add(part);
        state.Save(responses.Path);
        await CreateAsync(part, cancellationToken).ConfigureAwait(false);
    }

    private async Task CreateAsync(BatchPart part, CancellationToken cancellationToken)
    {
        if (part.BatchId is null)
        {
            var request = new BatchRequest(settings.Endpoint, part.FileId!) { CompletionWindow = settings.CompletionWindow, Priority = settings.Priority, ModelId = settings.ModelId };
            var response = await client.Batches.CreateAsync(request, options, cancellationToken).ConfigureAwait(false);
            part.BatchId = response.Job?.Id ?? throw new TogetherAIInvalidResponseException($"The server created a batch of the file {part.FileId}, but its response contains no batch.");
            progress.Note($"Batch {part.BatchId} has {part.Count} requests.{(response.Warning is { } warning ? $" {warning}" : "")}");
        }

        state.Save(responses.Path);
    }

    private async Task FinishAsync(BatchPart part, Action<double> percent, CancellationToken cancellationToken)
    {
        var wait = new BatchRunOptions { Wait = Wait, Progress = new BatchProgress(percent) };
        try
        {
            await foreach (var result in client.Batches.WaitForResultsAsync(part.BatchId!, wait, options, cancellationToken).ConfigureAwait(false))
            {
                responses.Add(result);
            }
        }
        catch (TogetherAINotFoundException exception)
        {
            throw new TogetherAINotFoundException($"{exception.Message} The run that began it is kept in {BatchState.PathOf(responses.Path)}; delete that file to begin again.", exception);
        }
        catch (TogetherAIJobException exception)
        {
            // What it has is written; the next run asks for the rest.
            Failures.Add($"Batch {part.BatchId}: {exception.Message}");
        }

        part.IsDone = true;
        state.Save(responses.Path);
    }

    private sealed class UploadProgress(ProgressLine progress, long length) : IProgress<long>
    {
        public void Report(long value) => progress.Report("Uploading", (double)value / length);
    }

    private sealed class BatchProgress(Action<double> percent) : IProgress<BatchJob>
    {
        public void Report(BatchJob value) => percent(value.Progress ?? 0);
    }
}
