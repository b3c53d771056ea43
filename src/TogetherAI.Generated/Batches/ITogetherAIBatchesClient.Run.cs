namespace TogetherAI;

public partial interface ITogetherAIBatchesClient
{
    /// <summary>Runs many chat requests as one batch, and returns the results as they are read.</summary>
    /// <remarks>
    /// Nothing is sent before the results are enumerated. Then the requests are enumerated once and written to a temporary file,
    /// which is uploaded; the batch is created and waited for, and its files are read line by line. Each enumeration creates
    /// another batch.
    /// </remarks>
    /// <param name="requests">The requests by their IDs, such as a dictionary. An ID is unique and has at most 64 characters.</param>
    /// <param name="run">The options of the batch; null for the defaults.</param>
    /// <param name="options">The options of each call; null for those of the client.</param>
    /// <param name="cancellationToken">The token to cancel the call or waiting. The batch itself is not cancelled.</param>
    /// <returns>A result for each request, in any order: first those that succeeded, then those that failed.</returns>
    /// <exception cref="ArgumentException">A request is invalid, or two requests have the same ID.</exception>
    /// <exception cref="TogetherAIJobException">The batch failed, expired or was cancelled; thrown after the results that it has.</exception>
    /// <exception cref="TogetherAIInvalidResponseException">A result cannot be read, or there are fewer results than requests; thrown after the results before.</exception>
    /// <exception cref="TogetherAITimeoutException">The timeout of <see cref="BatchRunOptions.Wait"/> elapsed before the batch ended.</exception>
    /// <exception cref="TogetherAIException">A call failed; the subclasses identify the kind of failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    IAsyncEnumerable<BatchResult> RunAsync(
        IEnumerable<KeyValuePair<string, ChatCompletionRequest>> requests,
        BatchRunOptions? run = null,
        TogetherAIRequestOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Runs the requests of a JSONL file as one batch, and returns the results as they are read.</summary>
    /// <remarks>
    /// Nothing is sent before the results are enumerated. Then the file is uploaded as it is read; the batch is created and waited
    /// for, and its files are read line by line. Each enumeration creates another batch.
    /// </remarks>
    /// <param name="file">The file. Each line is an object with <c>custom_id</c> and <c>body</c>.</param>
    /// <param name="run">The options of the batch; null for the defaults.</param>
    /// <param name="options">The options of each call; null for those of the client.</param>
    /// <param name="cancellationToken">The token to cancel the call or waiting. The batch itself is not cancelled.</param>
    /// <inheritdoc cref="RunAsync(IEnumerable{KeyValuePair{string, ChatCompletionRequest}}, BatchRunOptions, TogetherAIRequestOptions, CancellationToken)" path="/*[not(self::summary or self::remarks or self::param)]"/>
    IAsyncEnumerable<BatchResult> RunAsync(
        FileUpload file,
        BatchRunOptions? run = null,
        TogetherAIRequestOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Waits for the end of a batch that was created before, and returns all its results as they are read.</summary>
    /// <param name="id">The ID of the batch.</param>
    /// <param name="run">The options of the batch; null for the defaults.</param>
    /// <param name="options">The options of each call; null for those of the client.</param>
    /// <param name="cancellationToken">The token to cancel the call or waiting. The batch itself is not cancelled.</param>
    /// <inheritdoc cref="RunAsync(IEnumerable{KeyValuePair{string, ChatCompletionRequest}}, BatchRunOptions, TogetherAIRequestOptions, CancellationToken)" path="/*[not(self::summary or self::remarks or self::param or @cref='T:System.ArgumentException')]"/>
    IAsyncEnumerable<BatchResult> WaitForResultsAsync(
        string id,
        BatchRunOptions? run = null,
        TogetherAIRequestOptions? options = null,
        CancellationToken cancellationToken = default);
}
