namespace TogetherAI;

// Completes the generated interface (tag Audio).
public partial interface ITogetherAIAudioClient
{
    /// <summary>Streams the raw bytes of a speech event stream, exactly as the server sends them.</summary>
    /// <remarks>The events are JSON with parts of the audio as base64. The response format must be raw.</remarks>
    /// <inheritdoc cref="CreateSpeechAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamBytesAsync" path="/*[not(self::summary or @name='request')]"/>
    Task<Stream> StreamSpeechBytesAsync(SpeechRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams each event as an object with a part of the audio or word timestamps.</summary>
    /// <remarks><see cref="SpeechChunk.Audio"/> contains the audio of an event. The response format must be raw.</remarks>
    /// <returns>
    /// The audio chunks in the order sent. The request is read at the call. It is sent when enumeration starts, once for each
    /// enumeration; leaving the loop closes the connection, so that the server stops synthesizing.
    /// </returns>
    /// <inheritdoc cref="CreateSpeechAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamAsync" path="/*[not(self::summary or self::returns or @name='request')]"/>
    IAsyncEnumerable<SpeechChunk> StreamSpeechAsync(SpeechRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);
}
