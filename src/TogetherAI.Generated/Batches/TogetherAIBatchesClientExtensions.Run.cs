namespace TogetherAI;

// Completes the generated class (tag Batches): the runs with a token and without options.
public static partial class TogetherAIBatchesClientExtensions
{
    /// <inheritdoc cref="ITogetherAIBatchesClient.RunAsync(IEnumerable{KeyValuePair{string, ChatCompletionRequest}}, BatchRunOptions, TogetherAIRequestOptions, CancellationToken)" path="/*[not(@name='options' or @name='run')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<BatchResult> RunAsync(this ITogetherAIBatchesClient client, IEnumerable<KeyValuePair<string, ChatCompletionRequest>> requests, CancellationToken cancellationToken)
        => Checked(client).RunAsync(requests, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIBatchesClient.RunAsync(IEnumerable{KeyValuePair{string, ChatCompletionRequest}}, BatchRunOptions, TogetherAIRequestOptions, CancellationToken)" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<BatchResult> RunAsync(
        this ITogetherAIBatchesClient client, IEnumerable<KeyValuePair<string, ChatCompletionRequest>> requests, BatchRunOptions? run, CancellationToken cancellationToken)
        => Checked(client).RunAsync(requests, run, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIBatchesClient.RunAsync(FileUpload, BatchRunOptions, TogetherAIRequestOptions, CancellationToken)" path="/*[not(@name='options' or @name='run')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<BatchResult> RunAsync(this ITogetherAIBatchesClient client, FileUpload file, CancellationToken cancellationToken)
        => Checked(client).RunAsync(file, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIBatchesClient.RunAsync(FileUpload, BatchRunOptions, TogetherAIRequestOptions, CancellationToken)" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<BatchResult> RunAsync(this ITogetherAIBatchesClient client, FileUpload file, BatchRunOptions? run, CancellationToken cancellationToken)
        => Checked(client).RunAsync(file, run, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIBatchesClient.WaitForResultsAsync" path="/*[not(@name='options' or @name='run')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<BatchResult> WaitForResultsAsync(this ITogetherAIBatchesClient client, string id, CancellationToken cancellationToken)
        => Checked(client).WaitForResultsAsync(id, cancellationToken: cancellationToken);

    private static ITogetherAIBatchesClient Checked(ITogetherAIBatchesClient client) => client ?? throw new ArgumentNullException(nameof(client));
}
