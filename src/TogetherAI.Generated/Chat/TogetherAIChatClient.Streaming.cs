using TogetherAI.Runtime.Streaming;

namespace TogetherAI;

// Completes the generated client (tag Chat): NSwag knows no streams.
public sealed partial class TogetherAIChatClient
{
    /// <inheritdoc />
    public Task<Stream> StreamBytesAsync(ChatCompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamBytesAsync(CompleteCall(request, options), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<ChatCompletionChunk> StreamAsync(ChatCompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamAsync<ChatCompletionChunk>(CompleteCall(request, options), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<string> StreamTokensAsync(ChatCompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamTokensAsync(CompleteCall(request, options), cancellationToken);
}
