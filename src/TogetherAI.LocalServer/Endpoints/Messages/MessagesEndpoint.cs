using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Endpoints.Dialogs;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Messages;

/// <summary><c>POST /v1/messages</c>: a conversation in, its next message out, in the form of Anthropic's API.</summary>
internal sealed class MessagesEndpoint(ModelCatalog models, EventStreams streams)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/messages", InvokeAsync);

    private async Task InvokeAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var request = MessageParameters.Read(body.RootElement);
        models.Require(request.Model);
        var result = new DialogResult(request, RequestId.Of(context), streams.UnixSeconds);
        await (request.Stream
            ? streams.RunAsync(context, new MessageStream(result).SendAsync)
            : JsonResponse.WriteAsync(context, writer => MessageJson.WriteAsync(writer, result, context.RequestAborted))).ConfigureAwait(false);
    }
}
