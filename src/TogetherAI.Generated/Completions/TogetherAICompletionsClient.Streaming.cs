using TogetherAI.Runtime.Streaming;

namespace TogetherAI;

// Completes the generated client (tag Completions): NSwag knows no streams.
public sealed partial class TogetherAICompletionsClient
{
    /// <inheritdoc />
    public Task<Stream> StreamBytesAsync(CompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamBytesAsync(CreateCall(request, options), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<CompletionChunk> StreamAsync(CompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamAsync<CompletionChunk>(CreateCall(request, options), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<string> StreamTokensAsync(CompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamTokensAsync(CreateCall(request, options), cancellationToken);
}
