namespace TogetherAI;

// Completes the generated interface (tag Completions).
public partial interface ITogetherAICompletionsClient
{
    /// <inheritdoc cref="CreateAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamBytesAsync" path="/*[not(@name='request')]"/>
    Task<Stream> StreamBytesAsync(CompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams each event as an object with a delta of the text.</summary>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamAsync" path="/*[not(self::summary or @name='request')]"/>
    IAsyncEnumerable<CompletionChunk> StreamAsync(CompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams only the text, token by token.</summary>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamTokensAsync" path="/*[not(self::summary or @name='request')]"/>
    IAsyncEnumerable<string> StreamTokensAsync(CompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);
}
