using TogetherAI.Runtime.Streaming;

namespace TogetherAI;

// Completes the generated client (tag Inference): NSwag knows no streams.
public sealed partial class TogetherAIInferenceClient
{
    /// <inheritdoc />
    public Task<Stream> StreamBytesAsync(InferenceRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamBytesAsync(RunCall(request, options), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<InferenceChunk> StreamAsync(InferenceRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamAsync<InferenceChunk>(RunCall(request, options), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<string> StreamTokensAsync(InferenceRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamTokensAsync(RunCall(request, options), cancellationToken);
}
