using System.Text.Json;

namespace TogetherAI.Samples.Gateway;

/// <summary>
/// Relays the text of a chat as events of the gateway's own: <c>{"text":…}</c> for each token, and at the end
/// <c>{"finish_reason":…,"output_tokens":…}</c> or <c>{"error":…}</c>.
/// </summary>
internal sealed class TokenRelay(Upstreams upstreams)
{
    /// <summary>Handles a request, whose body has the fields <c>model</c> and <c>prompt</c>.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var aborted = context.RequestAborted;
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: aborted);
        var chat = new ChatCompletionRequest { Model = Text(body, "model"), Messages = [ChatCompletionMessage.FromUser(Text(body, "prompt"))] };
        TogetherAICallSummary? summary = null;
        var (batches, hasBatch) = await upstreams.CallAsync(async (client, options) =>
        {
            options.Completed += ended => summary = ended;
            var batches = client.Chat.StreamTokensAsync(chat, options, aborted).InBatchesAsync(cancellationToken: aborted).GetAsyncEnumerator(aborted);
            try
            {
                return (batches, await batches.MoveNextAsync());
            }
            catch
            {
                await batches.DisposeAsync();
                throw;
            }
        });
        await using (batches)
        {
            context.Response.ContentType = "text/event-stream";
            var events = new EventWriter(context.Response.BodyWriter);
            try
            {
                for (; hasBatch; hasBatch = await batches.MoveNextAsync())
                {
                    foreach (var token in batches.Current)
                    {
                        events.Write("text", token);
                    }

                    // One write to the connection for all that arrived together.
                    if ((await events.FlushAsync(aborted)).IsCompleted)
                    {
                        // The reader left.
                        return;
                    }
                }

                events.WriteEnd(summary?.FinishReason, summary?.Usage?.CompletionTokens);
            }
            catch (TogetherAIException exception)
            {
                // It is too late for a status.
                events.Write("error", exception.ServerMessage ?? "The model did not complete its response.");
            }

            await events.FlushAsync(aborted);
        }
    }

    private static string Text(JsonDocument body, string field)
        => body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new ArgumentException($"The field \"{field}\" must be a string.");
}
