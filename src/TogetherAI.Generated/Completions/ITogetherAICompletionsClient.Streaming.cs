namespace TogetherAI;

// Completes the generated interface (tag Completions).
public partial interface ITogetherAICompletionsClient
{
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamBytesAsync"/>
    Task<Stream> StreamBytesAsync(CompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams each event as an object, a piece of the text.</summary>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamAsync" path="/*[not(self::summary)]"/>
    IAsyncEnumerable<CompletionChunk> StreamAsync(CompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams only the text, token by token.</summary>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamTokensAsync" path="/*[not(self::summary)]"/>
    IAsyncEnumerable<string> StreamTokensAsync(CompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);
}
