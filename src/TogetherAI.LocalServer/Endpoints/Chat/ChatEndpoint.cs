using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary><c>POST /v1/chat/completions</c>: a conversation in, its next message out, whole or token by token.</summary>
internal sealed class ChatEndpoint(ModelCatalog models, EventStreams streams)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/chat/completions", InvokeAsync);

    private async Task InvokeAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var request = ChatParameters.Read(body.RootElement);
        models.Require(request.Model);
        var result = new ChatResult(request, RequestId.Of(context), streams.UnixSeconds);
        await (request.Stream
            ? streams.RunAsync(context, new ChatStream(result).SendAsync)
            : JsonResponse.WriteAsync(context, writer => ChatJson.WriteAsync(writer, result, context.RequestAborted))).ConfigureAwait(false);
    }
}
