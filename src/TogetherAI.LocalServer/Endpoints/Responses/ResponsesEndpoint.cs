using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Endpoints.Dialogs;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Responses;

/// <summary><c>POST /v1/responses</c>: texts or items in, the items of a response out, in the form of OpenAI's Responses API.</summary>
internal sealed class ResponsesEndpoint(ModelCatalog models, EventStreams streams)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/responses", InvokeAsync);

    private async Task InvokeAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var request = ResponseParameters.Read(body.RootElement);
        models.Require(request.Model);
        var result = new DialogResult(request, RequestId.Of(context), streams.UnixSeconds);
        await (request.Stream
            ? streams.RunAsync(context, new ResponseStream(result).SendAsync)
            : JsonResponse.WriteAsync(context, writer => ResponseJson.WriteAsync(writer, result, context.RequestAborted))).ConfigureAwait(false);
    }
}
