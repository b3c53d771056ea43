using TogetherAI.Runtime.Streaming;

namespace TogetherAI;

// Completes the generated client (tag Audio): NSwag knows no streams. There is no text to stream.
public sealed partial class TogetherAIAudioClient
{
    /// <inheritdoc />
    public Task<Stream> StreamSpeechBytesAsync(SpeechRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamBytesAsync(CreateSpeechCall(request, options), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<SpeechChunk> StreamSpeechAsync(SpeechRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamAsync<SpeechChunk>(CreateSpeechCall(request, options), cancellationToken);
}
