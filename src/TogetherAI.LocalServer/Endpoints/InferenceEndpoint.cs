using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary><c>POST /inference</c>: one prompt in, one completion out, whole or token by token.</summary>
internal sealed class InferenceEndpoint(ModelCatalog models, TokenPace pace, StreamSlots slots, CancellationToken stopping)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/inference", InvokeAsync);

    private async Task InvokeAsync(HttpContext context)
    {
        var start = pace.TimeProvider.GetTimestamp();
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var request = InferenceParameters.Read(body.RootElement);
        models.Require(request.Model);
        if (!request.Stream)
        {
            var whole = new InferenceResult(request);
            await JsonResponse.WriteAsync(context, writer => InferenceJson.WriteResponseAsync(writer, RequestId.Of(context), whole, context.RequestAborted)).ConfigureAwait(false);
            return;
        }

        using var slot = slots.Take();
        var result = new InferenceResult(request);
        var stream = new InferenceStream(RequestId.Of(context), result, pace.TimeProvider.GetElapsedTime(start));
        await StreamAsync(context, stream).ConfigureAwait(false);
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
