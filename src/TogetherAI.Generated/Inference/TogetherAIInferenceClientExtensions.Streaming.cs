namespace TogetherAI;

// Completes the generated class (tag Inference): the streams with a token and without options.
public static partial class TogetherAIInferenceClientExtensions
{
    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamBytesAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="RunAsync" path="/param[@name='client']"/>
    public static Task<Stream> StreamBytesAsync(this ITogetherAIInferenceClient client, InferenceRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamBytesAsync(request, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="RunAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<InferenceChunk> StreamAsync(this ITogetherAIInferenceClient client, InferenceRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamAsync(request, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIInferenceClient.StreamTokensAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="RunAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<string> StreamTokensAsync(this ITogetherAIInferenceClient client, InferenceRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamTokensAsync(request, cancellationToken: cancellationToken);
}
