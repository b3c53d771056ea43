using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using TogetherAI.LocalServer.Endpoints.Files;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Batches;

/// <summary>The batches of a server, which are found again in its folder after a restart; those that had not ended then run again.</summary>
internal sealed class BatchShelf(string? folder, FileShelf files, BatchSender sender, TimeProvider time, CancellationToken stopping) : IAsyncDisposable
{
    private const string Beginning = "batch-";

    private readonly ConcurrentDictionary<string, Batch> _batches = new(StringComparer.Ordinal);

    /// <summary>The batches, the newest first.</summary>
    public IReadOnlyList<BatchJob> Listed => [.. _batches.Values.Select(batch => batch.Job).OrderByDescending(job => job.CreatedAt)];

    /// <exception cref="ApiErrorException">There is none.</exception>
    public Batch Require(string id)
        => _batches.TryGetValue(id, out var batch)
            ? batch
            : throw new ApiErrorException(StatusCodes.Status404NotFound, $"This server has no batch {id}.", "invalid_request_error", "id");

    public Batch Start(StoredFile input, BatchEndpoint endpoint, string? model, TimeSpan window)
    {
        var now = time.GetUtcNow();
        var job = new BatchJob
        {
            Id = Guid.NewGuid().ToString(),
            UserId = "local",
            InputFileId = input.Facts.Id,
            FileSize = input.Facts.Bytes,
            Status = BatchStatus.Validating,
            Deadline = now + window,
            CreatedAt = now,
            Endpoint = endpoint,
            Progress = 0,
            ModelId = model,
        };
        Keep(job);
        var batch = _batches[job.Id] = Create(job, input);
        batch.Start(stopping);
        return batch;
    }

    /// <summary>Finds the batches in the folder.</summary>
    public void Load()
    {
        foreach (var job in KeptJson.ReadAll(folder, Beginning + "*.json", ServerJsonContext.Default.BatchJob))
        {
            var batch = _batches[job.Id] = Create(job, files.Announced(job.InputFileId!));
            if (!job.IsFinished)
            {
                batch.Start(stopping);
            }
        }
    }

    /// <summary>Waits until no batch runs; the server has been stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_batches.Values.Select(batch => batch.Completion)).ConfigureAwait(false);
        sender.Dispose();
    }

    private Batch Create(BatchJob job, StoredFile? input) => new(job, input, files, sender, time, Keep);

    private void Keep(BatchJob job)
    {
        if (folder is not null)
        {
            KeptJson.Write(Path.Combine(folder, $"{Beginning}{job.Id}.json"), job, ServerJsonContext.Default.BatchJob);
        }
    }
}
