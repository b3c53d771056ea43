namespace TogetherAI;

// Completes the generated class (tag Chat): the streams with a token and without options.
public static partial class TogetherAIChatClientExtensions
{
    /// <inheritdoc cref="ITogetherAIChatClient.StreamBytesAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CompleteAsync" path="/param[@name='client']"/>
    public static Task<Stream> StreamBytesAsync(this ITogetherAIChatClient client, ChatCompletionRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamBytesAsync(request, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIChatClient.StreamAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CompleteAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<ChatCompletionChunk> StreamAsync(this ITogetherAIChatClient client, ChatCompletionRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamAsync(request, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIChatClient.StreamTokensAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CompleteAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<string> StreamTokensAsync(this ITogetherAIChatClient client, ChatCompletionRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamTokensAsync(request, cancellationToken: cancellationToken);
}
