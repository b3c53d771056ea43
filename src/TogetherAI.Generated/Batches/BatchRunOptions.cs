namespace TogetherAI;

/// <summary>Options for running a batch of requests and reading its results.</summary>
public sealed class BatchRunOptions
{
    /// <summary>Gets or sets the endpoint that the requests are for. Default: <see cref="BatchEndpoint.ChatCompletions"/>.</summary>
    public BatchEndpoint Endpoint { get; set; } = BatchEndpoint.ChatCompletions;

    /// <summary>Gets or sets the time that the batch may take, such as <c>24h</c>. Default: null, the server's default.</summary>
    public string? CompletionWindow { get; set; }

    /// <summary>Gets or sets the priority of the batch. Default: null, the server's default.</summary>
    public int? Priority { get; set; }

    /// <summary>Gets or sets the ID of the model, if the requests have none. Default: null.</summary>
    public string? ModelId { get; set; }

    /// <summary>
    /// Gets or sets the action that receives the batch immediately after it was created. Save its ID: with it,
    /// <see cref="ITogetherAIBatchesClient.WaitForResultsAsync"/> continues if the program is interrupted. Default: null.
    /// </summary>
    public Action<BatchJob>? Created { get; set; }

    /// <summary>Gets or sets the receiver of the batch each time it is retrieved. Default: null.</summary>
    public IProgress<BatchJob>? Progress { get; set; }

    /// <summary>Gets or sets the receiver of the number of bytes that were uploaded. Default: null.</summary>
    public IProgress<long>? UploadProgress { get; set; }

    /// <summary>
    /// Gets or sets how the batch is waited for. Default: null, the defaults of <see cref="TogetherAIWaitOptions"/> without a
    /// timeout, because a batch has a deadline.
    /// </summary>
    public TogetherAIWaitOptions? Wait { get; set; }

    internal BatchRunOptions Clone() => (BatchRunOptions)MemberwiseClone();
}
