namespace TogetherAI;

// Completes the generated class (tag Messages): the streams with a token and without options.
public static partial class TogetherAIMessagesClientExtensions
{
    /// <inheritdoc cref="ITogetherAIMessagesClient.StreamBytesAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static Task<Stream> StreamBytesAsync(this ITogetherAIMessagesClient client, MessageRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamBytesAsync(request, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIMessagesClient.StreamAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<MessageChunk> StreamAsync(this ITogetherAIMessagesClient client, MessageRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamAsync(request, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIMessagesClient.StreamTokensAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<string> StreamTokensAsync(this ITogetherAIMessagesClient client, MessageRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamTokensAsync(request, cancellationToken: cancellationToken);
}
