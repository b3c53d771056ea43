namespace TogetherAI;

// Completes the generated interface (tag Inference).
public partial interface ITogetherAIInferenceClient
{
    /// <summary>Streams the raw bytes of the event stream, exactly as the server sends them.</summary>
    /// <param name="request">The prompt, the model and how to sample. It is read at the call, and not changed.</param>
    /// <param name="options">What differs for this call alone; null changes nothing.</param>
    /// <param name="cancellationToken">Ends the call and its connection, also while the stream is read.</param>
    /// <returns>
    /// The open response, once its headers say success. It is the caller's to dispose; disposing it early closes the
    /// connection. Its reads obey <see cref="TogetherAIOptions.StreamIdleTimeout"/>.
    /// </returns>
    /// <exception cref="ArgumentException">A field is missing or outside the bounds that the document gives.</exception>
    /// <exception cref="TogetherAIException">The call failed; the subclasses name the kinds of failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<Stream> StreamBytesAsync(InferenceRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams each event as an object, one for each generated token.</summary>
    /// <inheritdoc cref="StreamTokensAsync" path="/param"/>
    /// <inheritdoc cref="StreamTokensAsync" path="/exception"/>
    /// <returns>
    /// The chunks in the order sent. The request is read at the call, and sent when enumeration starts, and again for each
    /// enumeration; leaving the loop closes the connection.
    /// </returns>
    IAsyncEnumerable<InferenceChunk> StreamAsync(InferenceRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams only the text, token by token.</summary>
    /// <param name="request">The prompt, the model and how to sample. It is read at the call, and not changed.</param>
    /// <param name="options">What differs for this call alone; null changes nothing.</param>
    /// <param name="cancellationToken">Ends the stream and its connection.</param>
    /// <returns>
    /// The texts of one choice in the order sent: of several, the one with the lowest index in the first chunk. Special
    /// tokens are passed on, empty texts left out. The request is read at the call, and sent when enumeration starts, and again
    /// for each enumeration; leaving the loop closes the connection.
    /// </returns>
    /// <exception cref="ArgumentException">A field is missing or outside the bounds that the document gives.</exception>
    /// <exception cref="TogetherAIStreamException">The stream failed after it had begun, or ended before it was complete.</exception>
    /// <exception cref="TogetherAIException">The call failed; the subclasses name the kinds of failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    IAsyncEnumerable<string> StreamTokensAsync(InferenceRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);
}
