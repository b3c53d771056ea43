namespace TogetherAI;

/// <summary>Live speech synthesis and transcription over WebSockets, for use in tests. Later versions may add members.</summary>
public interface ITogetherAIRealtimeClient
{
    /// <summary>Connects to live speech synthesis: text is sent, and audio received as soon as it is synthesized.</summary>
    /// <param name="parameters">The parameters of the connection.</param>
    /// <param name="options">The options of the call; null for those of the client. A connection is not retried.</param>
    /// <param name="cancellationToken">The token to cancel connecting.</param>
    /// <returns>The connection, which the caller disposes.</returns>
    /// <exception cref="TogetherAIException">The connection could not be opened.</exception>
    /// <exception cref="OperationCanceledException">Connecting was canceled.</exception>
    Task<RealtimeSpeechConnection> ConnectSpeechAsync(RealtimeSpeechParameters parameters, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Connects to live transcription: audio is sent, and its text received as soon as it is recognized.</summary>
    /// <param name="parameters">The parameters of the connection.</param>
    /// <param name="options">The options of the call; null for those of the client. A connection is not retried.</param>
    /// <param name="cancellationToken">The token to cancel connecting.</param>
    /// <returns>The connection, which the caller disposes.</returns>
    /// <exception cref="TogetherAIException">The connection could not be opened.</exception>
    /// <exception cref="OperationCanceledException">Connecting was canceled.</exception>
    Task<RealtimeTranscriptionConnection> ConnectTranscriptionAsync(RealtimeTranscriptionParameters parameters, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);
}
