using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace TogetherAI.Extensions.AI.Chat;

/// <summary>A chat client of Microsoft.Extensions.AI over the client for chat completions.</summary>
internal sealed class ChatClientAdapter(ITogetherAIChatClient client, string? model, TogetherAIRequestOptions? requestOptions) : IChatClient
{
    private readonly ChatClientMetadata _metadata = new(Provider.Name, defaultModelId: model);

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = ChatRequests.Create(this, model, messages, options);
        var response = await client.CompleteAsync(request, requestOptions, cancellationToken).ConfigureAwait(false);
        return ChatResponses.Create(response, ReasoningOf(options));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        // What cannot be sent is reported here, and not only when the stream is read.
        var request = ChatRequests.Create(this, model, messages, options);
        request.StreamOptions ??= new ChatCompletionStreamOptions { IncludeUsage = true };
        return StreamAsync(request, ReasoningOf(options), cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => Provider.Find(serviceType, serviceKey, this, _metadata, client);

    public void Dispose()
    {
        // The client belongs to the caller.
    }

    private static ReasoningOutput? ReasoningOf(ChatOptions? options) => options?.Reasoning?.Output;

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        ChatCompletionRequest request,
        ReasoningOutput? reasoning,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var updates = new ChatUpdates(reasoning);
        await foreach (var chunk in client.StreamAsync(request, requestOptions, cancellationToken).ConfigureAwait(false))
        {
            yield return updates.Add(chunk);
        }

        foreach (var update in updates.Complete())
        {
            yield return update;
        }
    }
}
