namespace TogetherAI;

// Completes the generated interface (tag Inference).
public partial interface ITogetherAIInferenceClient
{
    /// <summary>Streams the raw bytes of the event stream, exactly as the server sends them.</summary>
    /// <param name="request">The prompt, the model and the sampling parameters. It is read at the call, and not changed.</param>
    /// <param name="options">The options of this call; null for those of the client.</param>
    /// <param name="cancellationToken">The token to cancel the call, also while the stream is read, and close its connection.</param>
    /// <returns>
    /// The stream, once successful response headers were received. The caller must dispose it; disposing it early closes the
    /// connection. Each read is subject to <see cref="TogetherAIOptions.StreamIdleTimeout"/>.
    /// </returns>
    /// <exception cref="ArgumentException">A required field is missing, or a value violates a limit of the API.</exception>
    /// <exception cref="TogetherAIException">The call failed; the subclasses identify the kind of failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<Stream> StreamBytesAsync(InferenceRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams each event as an object, one for each generated token.</summary>
    /// <inheritdoc cref="StreamTokensAsync" path="/param"/>
    /// <inheritdoc cref="StreamTokensAsync" path="/exception"/>
    /// <returns>
    /// The chunks in the order sent. The request is read at the call. It is sent when enumeration starts, once for each
    /// enumeration; leaving the loop closes the connection.
    /// </returns>
    IAsyncEnumerable<InferenceChunk> StreamAsync(InferenceRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams only the text, token by token.</summary>
    /// <param name="request">The prompt, the model and the sampling parameters. It is read at the call, and not changed.</param>
    /// <param name="options">The options of this call; null for those of the client.</param>
    /// <param name="cancellationToken">The token to cancel the stream and close its connection.</param>
    /// <returns>
    /// The texts of one choice in the order sent: if there are several, the one with the lowest index in the first chunk. Special
    /// tokens are included, empty texts omitted. The request is read at the call. It is sent when enumeration starts, once
    /// for each enumeration; leaving the loop closes the connection.
    /// </returns>
    /// <exception cref="ArgumentException">A required field is missing, or a value violates a limit of the API.</exception>
    /// <exception cref="TogetherAIStreamException">The stream failed after it started, or is incomplete.</exception>
    /// <exception cref="TogetherAIException">The call failed; the subclasses identify the kind of failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    IAsyncEnumerable<string> StreamTokensAsync(InferenceRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);
}
