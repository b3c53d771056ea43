namespace TogetherAI;

// Completes the generated class (tag Completions): the streams with a token and without options.
public static partial class TogetherAICompletionsClientExtensions
{
    /// <inheritdoc cref="ITogetherAICompletionsClient.StreamBytesAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static Task<Stream> StreamBytesAsync(this ITogetherAICompletionsClient client, CompletionRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamBytesAsync(request, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAICompletionsClient.StreamAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<CompletionChunk> StreamAsync(this ITogetherAICompletionsClient client, CompletionRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamAsync(request, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAICompletionsClient.StreamTokensAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<string> StreamTokensAsync(this ITogetherAICompletionsClient client, CompletionRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamTokensAsync(request, cancellationToken: cancellationToken);
}
