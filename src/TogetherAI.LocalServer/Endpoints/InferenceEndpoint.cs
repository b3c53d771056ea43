using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary><c>POST /inference</c>: one prompt in, one completion out, whole or token by token.</summary>
internal sealed class InferenceEndpoint(TokenPace pace, StreamSlots slots, CancellationToken stopping)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/inference", InvokeAsync);

    private async Task InvokeAsync(HttpContext context)
    {
        var start = pace.TimeProvider.GetTimestamp();
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var request = InferenceParameters.Read(body.RootElement);
        if (!request.Stream)
        {
            await RespondAsync(context, new InferenceResult(request)).ConfigureAwait(false);
            return;
        }

        using var slot = slots.Take();
        var result = new InferenceResult(request);
        var stream = new InferenceStream(RequestId.Of(context), result, pace.TimeProvider.GetElapsedTime(start));
        await StreamAsync(context, stream).ConfigureAwait(false);
    }

    private static async Task RespondAsync(HttpContext context, InferenceResult result)
    {
        context.Response.ContentType = "application/json";
        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter, JsonStyle.Writer))
        {
            InferenceJson.WriteResponse(json, RequestId.Of(context), result);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private async Task StreamAsync(HttpContext context, InferenceStream stream)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using var events = new ServerSentEvents(context.Response);
        try
        {
            await stream.SendAsync(events, pace, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Whoever listens must not take the stream for a complete one.
            context.Abort();
        }
    }
}
