namespace TogetherAI;

// Completes the generated class (tag Audio): the streams with a token and without options.
public static partial class TogetherAIAudioClientExtensions
{
    /// <inheritdoc cref="ITogetherAIAudioClient.StreamSpeechBytesAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CreateSpeechAsync" path="/param[@name='client']"/>
    public static Task<Stream> StreamSpeechBytesAsync(this ITogetherAIAudioClient client, SpeechRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamSpeechBytesAsync(request, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIAudioClient.StreamSpeechAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CreateSpeechAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<SpeechChunk> StreamSpeechAsync(this ITogetherAIAudioClient client, SpeechRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamSpeechAsync(request, cancellationToken: cancellationToken);
}
