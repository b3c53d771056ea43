namespace TogetherAI;

// Completes the generated interface (tag Responses).
public partial interface ITogetherAIResponsesClient
{
    /// <inheritdoc cref="CreateAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamBytesAsync" path="/*[not(@name='request')]"/>
    Task<Stream> StreamBytesAsync(ResponseRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams each event as an object, a piece of the response: of its text, of its reasoning, or of the arguments of a tool.</summary>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamAsync" path="/*[not(self::summary or @name='request')]"/>
    IAsyncEnumerable<ResponseChunk> StreamAsync(ResponseRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams only the output text, without reasoning, refusals and tools.</summary>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamTokensAsync" path="/*[not(self::summary or @name='request')]"/>
    IAsyncEnumerable<string> StreamTokensAsync(ResponseRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);
}
