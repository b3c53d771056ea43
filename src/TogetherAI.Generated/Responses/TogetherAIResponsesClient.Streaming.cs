using TogetherAI.Runtime.Streaming;

namespace TogetherAI;

// Completes the generated client (tag Responses): NSwag knows no streams.
public sealed partial class TogetherAIResponsesClient
{
    /// <inheritdoc />
    public Task<Stream> StreamBytesAsync(ResponseRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamBytesAsync(CreateCall(request, options), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<ResponseChunk> StreamAsync(ResponseRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamAsync<ResponseChunk>(CreateCall(request, options), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<string> StreamTokensAsync(ResponseRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamTokensAsync(CreateCall(request, options), cancellationToken);
}
