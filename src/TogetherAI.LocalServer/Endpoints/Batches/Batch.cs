using TogetherAI.LocalServer.Endpoints.Files;

namespace TogetherAI.LocalServer.Endpoints.Batches;

/// <summary>One batch, which runs on its own until it has ended.</summary>
internal sealed class Batch(BatchJob job, StoredFile? input, FileShelf files, BatchSender sender, TimeProvider time, Action<BatchJob> keep)
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private Task _run = Task.CompletedTask;

    /// <summary>The batch as it was when it was created.</summary>
    public BatchJob Created { get; } = Copy(job);

    /// <summary>The batch as it is now.</summary>
    public BatchJob Job
    {
        get
        {
            lock (_lock)
            {
                return Copy(job);
            }
        }
    }

    /// <summary>Ends when the batch has ended, or the server stops.</summary>
    public Task Completion => _run;

    public void Start(CancellationToken stopping) => _run = Task.Run(() => RunAsync(stopping), CancellationToken.None);

    /// <summary>Cancels the batch and waits for its end; false if it had ended before.</summary>
    public async Task<bool> CancelAsync()
    {
        if (Job.IsFinished)
        {
            return false;
        }

        await _cancellation.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
        return Job.Status == BatchStatus.Cancelled;
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            // A deadline that has passed while the server was stopped ends the batch at once.
            var left = job.Deadline!.Value - time.GetUtcNow();
            using var expiry = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(_cancellation.Token, expiry.Token, stopping);
            await RunAsync(new BatchInput(input ?? throw new InvalidOperationException("The input file does not exist.")), ending.Token, stopping).ConfigureAwait(false);
            End(_cancellation.IsCancellationRequested ? BatchStatus.Cancelled : expiry.IsCancellationRequested ? BatchStatus.Expired : BatchStatus.Completed);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next server with this folder runs it again.
        }
        catch (Exception exception)
        {
            Update(() => job.Error = exception.Message);
            End(BatchStatus.Failed);
        }
    }

    private async Task RunAsync(BatchInput lines, CancellationToken ending, CancellationToken stopping)
    {
        try
        {
            if (await lines.CheckAsync(ending).ConfigureAwait(false) is { } fault)
            {
                throw new InvalidDataException(fault);
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return;
        }

        Update(() => job.Status = BatchStatus.InProgress);
        TogetherAIFile? errors = null;
        var counts = (Responses: 0, Errors: 0);
        var responses = await files.WriteAsync($"{job.Id}_output.jsonl", FilePurpose.BatchGenerated, WriteAsync, stopping).ConfigureAwait(false);
        // A file without lines is none.
        var (outputId, errorId) = (Kept(responses, counts.Responses), Kept(errors!, counts.Errors));
        Update(() => (job.OutputFileId, job.ErrorFileId) = (outputId, errorId));

        async Task WriteAsync(Stream output) => errors = await files.WriteAsync(
            $"{job.Id}_errors.jsonl",
            FilePurpose.BatchGenerated,
            async failures =>
            {
                var written = new BatchOutput(output, failures);
                await SendAsync(lines, written, ending, stopping).ConfigureAwait(false);
                counts = (written.Responses, written.Errors);
            },
            stopping).ConfigureAwait(false);
    }

    private string? Kept(TogetherAIFile file, int count)
    {
        if (count > 0)
        {
            return file.Id;
        }

        files.Delete(file.Id);
        return null;
    }

    private async Task SendAsync(BatchInput lines, BatchOutput output, CancellationToken ending, CancellationToken stopping)
    {
        try
        {
            await sender.SendAsync(job, lines, output, () => Update(() => job.Progress = 100.0 * (output.Responses + output.Errors) / lines.Count), ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            // The files keep what was done before.
        }
    }

    private void Update(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }

    private void End(BatchStatus status)
    {
        Update(() => (job.Status, job.CompletedAt) = (status, time.GetUtcNow()));
        keep(Job);
    }

    private static BatchJob Copy(BatchJob job) => new()
    {
        Id = job.Id,
        UserId = job.UserId,
        InputFileId = job.InputFileId,
        FileSize = job.FileSize,
        Status = job.Status,
        Deadline = job.Deadline,
        CreatedAt = job.CreatedAt,
        Endpoint = job.Endpoint,
        Progress = job.Progress,
        ModelId = job.ModelId,
        OutputFileId = job.OutputFileId,
        ErrorFileId = job.ErrorFileId,
        Error = job.Error,
        CompletedAt = job.CompletedAt,
    };
}
