namespace TogetherAI;

/// <summary>Calls of <see cref="ITogetherAIRealtimeClient"/> with a cancellation token and without options.</summary>
public static class TogetherAIRealtimeClientExtensions
{
    /// <inheritdoc cref="ITogetherAIRealtimeClient.ConnectSpeechAsync" path="/*[not(self::param)]"/>
    /// <param name="client">The client.</param>
    /// <param name="parameters">The parameters of the connection.</param>
    /// <param name="cancellationToken">The token to cancel connecting.</param>
    public static Task<RealtimeSpeechConnection> ConnectSpeechAsync(this ITogetherAIRealtimeClient client, RealtimeSpeechParameters parameters, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).ConnectSpeechAsync(parameters, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIRealtimeClient.ConnectTranscriptionAsync" path="/*[not(self::param)]"/>
    /// <param name="client">The client.</param>
    /// <param name="parameters">The parameters of the connection.</param>
    /// <param name="cancellationToken">The token to cancel connecting.</param>
    public static Task<RealtimeTranscriptionConnection> ConnectTranscriptionAsync(this ITogetherAIRealtimeClient client, RealtimeTranscriptionParameters parameters, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).ConnectTranscriptionAsync(parameters, cancellationToken: cancellationToken);
}
