using TogetherAI.Runtime.Streaming;

namespace TogetherAI;

// Completes the generated client (tag Messages): NSwag knows no streams.
public sealed partial class TogetherAIMessagesClient
{
    /// <inheritdoc />
    public Task<Stream> StreamBytesAsync(MessageRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamBytesAsync(CreateCall(request, options), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<MessageChunk> StreamAsync(MessageRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamAsync<MessageChunk>(CreateCall(request, options), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<string> StreamTokensAsync(MessageRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamTokensAsync(CreateCall(request, options), cancellationToken);
}
