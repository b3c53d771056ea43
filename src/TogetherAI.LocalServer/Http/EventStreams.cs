using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Http;

/// <summary>Runs event streams: one place for each, at the server's pace, until the client or the server goes.</summary>
internal sealed class EventStreams(TokenPace pace, StreamSlots slots, CancellationToken stopping)
{
    public TimeProvider TimeProvider => pace.TimeProvider;

    /// <summary>The server's time, as responses give it.</summary>
    public long UnixSeconds => pace.TimeProvider.GetUtcNow().ToUnixTimeSeconds();

    public async Task RunAsync(HttpContext context, Func<ServerSentEvents, TokenBeat, CancellationToken, Task> send)
    {
        using var slot = slots.Take();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using var events = new ServerSentEvents(context.Response);
        using var beat = pace.Start();
        context.Response.ContentType = "text/event-stream;charset=utf-8";
        try
        {
            await send(events, beat, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Whoever listens must not take the stream for a complete one.
            context.Abort();
        }
    }
}
