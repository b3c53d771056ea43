namespace TogetherAI;

// Completes the generated class (tag Responses): the streams with a token and without options.
public static partial class TogetherAIResponsesClientExtensions
{
    /// <inheritdoc cref="ITogetherAIResponsesClient.StreamBytesAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static Task<Stream> StreamBytesAsync(this ITogetherAIResponsesClient client, ResponseRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamBytesAsync(request, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIResponsesClient.StreamAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<ResponseChunk> StreamAsync(this ITogetherAIResponsesClient client, ResponseRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamAsync(request, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIResponsesClient.StreamTokensAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<string> StreamTokensAsync(this ITogetherAIResponsesClient client, ResponseRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamTokensAsync(request, cancellationToken: cancellationToken);
}
