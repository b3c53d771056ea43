using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using TogetherAI.Runtime.Errors;

namespace TogetherAI;

// One operation of many calls, which the document cannot describe.
public sealed partial class TogetherAIBatchesClient
{
    private const string FileName = "batch.jsonl";

    /// <inheritdoc/>
    public IAsyncEnumerable<BatchResult> RunAsync(
        IEnumerable<KeyValuePair<string, ChatCompletionRequest>> requests,
        BatchRunOptions? run = null,
        TogetherAIRequestOptions? options = null,
        CancellationToken cancellationToken = default)
        => RunRequestsAsync(requests ?? throw new ArgumentNullException(nameof(requests)), Read(run), options, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<BatchResult> RunAsync(
        FileUpload file,
        BatchRunOptions? run = null,
        TogetherAIRequestOptions? options = null,
        CancellationToken cancellationToken = default)
        => RunFileAsync(file ?? throw new ArgumentNullException(nameof(file)), Read(run), options, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<BatchResult> WaitForResultsAsync(
        string id,
        BatchRunOptions? run = null,
        TogetherAIRequestOptions? options = null,
        CancellationToken cancellationToken = default)
        => ResultsAsync(id ?? throw new ArgumentNullException(nameof(id)), expected: null, Read(run), options, cancellationToken);

    private static BatchRunOptions Read(BatchRunOptions? run) => (run ?? new BatchRunOptions()).Clone();

    private async IAsyncEnumerable<BatchResult> RunRequestsAsync(
        IEnumerable<KeyValuePair<string, ChatCompletionRequest>> requests,
        BatchRunOptions run,
        TogetherAIRequestOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string id;
        long count;
        using (var file = await BatchRequestFile.CreateAsync(requests, cancellationToken).ConfigureAwait(false))
        {
            (id, count) = await StartAsync(FileUpload.FromStream(file, FileName), run, options, cancellationToken).ConfigureAwait(false);
        }

        await foreach (var result in ResultsAsync(id, count, run, options, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private async IAsyncEnumerable<BatchResult> RunFileAsync(
        FileUpload file, BatchRunOptions run, TogetherAIRequestOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (id, count) = await StartAsync(file, run, options, cancellationToken).ConfigureAwait(false);
        await foreach (var result in ResultsAsync(id, count, run, options, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private async Task<(string Id, long Count)> StartAsync(FileUpload file, BatchRunOptions run, TogetherAIRequestOptions? options, CancellationToken cancellationToken)
    {
        var upload = new FileUploadRequest(file, FilePurpose.BatchApi) { FileType = FileType.JsonLines, Progress = run.UploadProgress };
        var (uploaded, count) = await Files().UploadCountedAsync(upload, options, cancellationToken).ConfigureAwait(false);
        var request = new BatchRequest(run.Endpoint, uploaded.Id) { CompletionWindow = run.CompletionWindow, Priority = run.Priority, ModelId = run.ModelId };
        var response = await CreateAsync(request, options, cancellationToken).ConfigureAwait(false);
        var job = response.Job ?? throw new TogetherAIInvalidResponseException($"The server created a batch of the file {uploaded.Id}, but its response contains no batch.");
        run.Created?.Invoke(job);
        return (job.Id, count);
    }

    private async IAsyncEnumerable<BatchResult> ResultsAsync(
        string id, long? expected, BatchRunOptions run, TogetherAIRequestOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (job, failure) = await EndAsync(id, run, options, cancellationToken).ConfigureAwait(false);
        var count = 0L;
        foreach (var (file, isError) in new[] { (job.OutputFileId, false), (job.ErrorFileId, true) })
        {
            if (string.IsNullOrEmpty(file))
            {
                continue;
            }

            using var download = await Files().DownloadAsync(file!, options, cancellationToken).ConfigureAwait(false);
            var number = 0L;
            await foreach (var line in download.ReadLinesAsync(cancellationToken).ConfigureAwait(false))
            {
                count++;
                yield return Result(line, ++number, file!, isError);
            }
        }

        failure?.Throw();
        // The end of the files says nothing about what is missing in them.
        if (count < (expected ?? 1))
        {
            throw new TogetherAIInvalidResponseException(
                expected is null ? $"The batch {id} has ended without any results." : $"The batch {id} has ended with only {count} results for {expected} requests.");
        }
    }

    // A batch without success still has the results of what was processed before.
    private async Task<(BatchJob Job, ExceptionDispatchInfo? Failure)> EndAsync(string id, BatchRunOptions run, TogetherAIRequestOptions? options, CancellationToken cancellationToken)
    {
        var last = new LastState(run.Progress);
        var wait = run.Wait ?? new TogetherAIWaitOptions { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            return (await WaitAsync(id, last, wait, options, cancellationToken).ConfigureAwait(false), null);
        }
        catch (TogetherAIJobException exception)
        {
            return (last.Job!, ExceptionDispatchInfo.Capture(exception));
        }
    }

    private BatchResult Result(string line, long number, string file, bool isError)
    {
        try
        {
            return BatchResultLine.Parse(line, isError, _pipeline.Profile);
        }
        catch (JsonException exception)
        {
            throw new TogetherAIInvalidResponseException($"Line {number} of the file {file} is no result of a batch: {ErrorText.Sentence(exception.Message)}", exception);
        }
    }

    // It uses this client's pipeline, which only this client disposes.
    private TogetherAIFilesClient Files() => new(_pipeline);

    private sealed class LastState(IProgress<BatchJob>? next) : IProgress<BatchJob>
    {
        public BatchJob? Job { get; private set; }

        public void Report(BatchJob value)
        {
            Job = value;
            next?.Report(value);
        }
    }
}
