namespace TogetherAI;

// Completes the generated interface (tag Audio).
public partial interface ITogetherAIAudioClient
{
    /// <summary>Streams the raw bytes of the event stream in which a spoken text comes, exactly as the server sends them.</summary>
    /// <remarks>The events are JSON with pieces of the audio as base64 text. The response format has to be raw.</remarks>
    /// <inheritdoc cref="CreateSpeechAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamBytesAsync" path="/*[not(self::summary or @name='request')]"/>
    Task<Stream> StreamSpeechBytesAsync(SpeechRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams each event as an object, a piece of the audio or the times of its words.</summary>
    /// <remarks><see cref="SpeechChunk.Audio"/> gives the piece of an event. The response format has to be raw.</remarks>
    /// <returns>
    /// The pieces in the order spoken. The request is read at the call, and sent when enumeration starts, and again for each
    /// enumeration; leaving the loop closes the connection, so that the server stops speaking.
    /// </returns>
    /// <inheritdoc cref="CreateSpeechAsync" path="/param[@name='request']"/>
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamAsync" path="/*[not(self::summary or self::returns or @name='request')]"/>
    IAsyncEnumerable<SpeechChunk> StreamSpeechAsync(SpeechRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);
}
