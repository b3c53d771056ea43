namespace TogetherAI;

// Completes the generated interface (tag Messages).
public partial interface ITogetherAIMessagesClient
{
    /// <inheritdoc cref="CreateAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamBytesAsync" path="/*[not(@name='request')]"/>
    Task<Stream> StreamBytesAsync(MessageRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams each event as an object with a delta of the text, the thinking, or the input of a tool.</summary>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamAsync" path="/*[not(self::summary or @name='request')]"/>
    IAsyncEnumerable<MessageChunk> StreamAsync(MessageRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams only the text of the message, without thinking and tool calls.</summary>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamTokensAsync" path="/*[not(self::summary or @name='request')]"/>
    IAsyncEnumerable<string> StreamTokensAsync(MessageRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);
}
