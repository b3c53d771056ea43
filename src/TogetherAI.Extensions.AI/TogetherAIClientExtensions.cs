using Microsoft.Extensions.AI;
using TogetherAI.Extensions.AI.Chat;
using TogetherAI.Extensions.AI.Embeddings;

namespace TogetherAI;

/// <summary>Converts the clients of single areas to the interfaces of Microsoft.Extensions.AI.</summary>
public static partial class TogetherAIClientExtensions
{
    /// <summary>Returns an <see cref="IChatClient"/> that sends chat completions.</summary>
    /// <param name="client">The client, which is not disposed with the returned object.</param>
    /// <param name="model">
    /// The ID of the model for requests without a <see cref="ChatOptions.ModelId"/>; null if every request has one.
    /// </param>
    /// <param name="options">The options of every call, such as timeouts and headers; null for those of the client.</param>
    /// <returns>A thread-safe object without state of its own.</returns>
    /// <remarks>
    /// <para>
    /// Reasoning becomes <see cref="TextReasoningContent"/>. It is sent back under the JSON name under which it was received, which
    /// is kept in its <c>AdditionalProperties["reasoning_field"]</c>.
    /// </para>
    /// <para>
    /// <c>RawRepresentationFactory</c> may return a <see cref="ChatCompletionRequest"/>, whose set properties take precedence
    /// over those of the <see cref="ChatOptions"/>. <c>ChatOptions.AdditionalProperties</c> are sent as fields of the request, by JSON name.
    /// Anything that cannot be sent, such as a conversation ID, is a <see cref="NotSupportedException"/> before a request is sent.
    /// </para>
    /// <para>Failures are the exceptions of <see cref="ITogetherAIChatClient"/>. A stream that does not complete throws <see cref="TogetherAIStreamException"/>.</para>
    /// </remarks>
    /// <exception cref="ArgumentNullException">The client is null.</exception>
    public static IChatClient AsIChatClient(this ITogetherAIChatClient client, string? model = null, TogetherAIRequestOptions? options = null)
        => new ChatClientAdapter(client ?? throw new ArgumentNullException(nameof(client)), model, options);

    /// <summary>Returns an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> that embeds texts.</summary>
    /// <param name="client">The client, which is not disposed with the returned object.</param>
    /// <param name="model">
    /// The ID of the model for requests without an <see cref="EmbeddingGenerationOptions.ModelId"/>; null if every request has one.
    /// </param>
    /// <param name="options">The options of every call, such as timeouts and headers; null for those of the client.</param>
    /// <returns>A thread-safe object without state of its own.</returns>
    /// <remarks>
    /// <c>RawRepresentationFactory</c> may return an <see cref="EmbeddingRequest"/>, whose set properties take precedence;
    /// <c>AdditionalProperties</c> are sent as fields of the request, by JSON name.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The client is null.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> AsIEmbeddingGenerator(
        this ITogetherAIEmbeddingsClient client,
        string? model = null,
        TogetherAIRequestOptions? options = null)
        => new EmbeddingGeneratorAdapter(client ?? throw new ArgumentNullException(nameof(client)), model, options);
}
