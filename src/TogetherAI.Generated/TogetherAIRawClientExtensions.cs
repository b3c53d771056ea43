using System.Diagnostics.CodeAnalysis;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>The calls of <see cref="ITogetherAIRawClient"/> with a token and without options.</summary>
public static class TogetherAIRawClientExtensions
{
    /// <inheritdoc cref="ITogetherAIRawClient.SendAsync" path="/*[not(@name='options' or @name='request' or @name='cancellationToken')]"/>
    /// <param name="client">The client.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task<TogetherAIRawResponse> SendAsync(this ITogetherAIRawClient client, TogetherAIRawRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).SendAsync(request, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIRawClient.StreamBytesAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="SendAsync" path="/param[@name='client']"/>
    public static Task<Stream> StreamBytesAsync(this ITogetherAIRawClient client, TogetherAIRawRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamBytesAsync(request, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIRawClient.StreamAsync{TChunk}" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="SendAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<TChunk> StreamAsync<[DynamicallyAccessedMembers(ReadableTypes.Members)] TChunk>(this ITogetherAIRawClient client, TogetherAIRawRequest request, CancellationToken cancellationToken)
        where TChunk : class
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamAsync<TChunk>(request, cancellationToken: cancellationToken);

    /// <inheritdoc cref="ITogetherAIRawClient.StreamTokensAsync" path="/*[not(@name='options')]"/>
    /// <inheritdoc cref="SendAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<string> StreamTokensAsync(this ITogetherAIRawClient client, TogetherAIRawRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).StreamTokensAsync(request, cancellationToken: cancellationToken);
}
