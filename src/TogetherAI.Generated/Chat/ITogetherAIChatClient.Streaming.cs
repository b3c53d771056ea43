namespace TogetherAI;

// Completes the generated interface (tag Chat).
public partial interface ITogetherAIChatClient
{
    /// <inheritdoc cref="CompleteAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamBytesAsync" path="/*[not(@name='request')]"/>
    Task<Stream> StreamBytesAsync(ChatCompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams each event as an object with a delta of the response, its reasoning or a tool call.</summary>
    /// <inheritdoc cref="CompleteAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamAsync" path="/*[not(self::summary or @name='request')]"/>
    IAsyncEnumerable<ChatCompletionChunk> StreamAsync(ChatCompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams only the text of the response, without reasoning and tool calls.</summary>
    /// <inheritdoc cref="CompleteAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamTokensAsync" path="/*[not(self::summary or @name='request')]"/>
    IAsyncEnumerable<string> StreamTokensAsync(ChatCompletionRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);
}
