namespace TogetherAI;

// Completes the generated interface (tag Audio).
public partial interface ITogetherAIAudioClient
{
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamBytesAsync"/>
    Task<Stream> StreamSpeechBytesAsync(SpeechRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams each event as an object, a piece of the recording or the times of its words.</summary>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamAsync" path="/*[not(self::summary)]"/>
    IAsyncEnumerable<SpeechChunk> StreamSpeechAsync(SpeechRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);
}
