using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Completions;

/// <summary><c>POST /v1/completions</c>: a text in, its continuation out, whole or token by token.</summary>
internal sealed class CompletionEndpoint(ModelCatalog models, EventStreams streams)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/completions", InvokeAsync);

    private async Task InvokeAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var request = CompletionParameters.Read(body.RootElement);
        models.Require(request.Model);
        var result = new CompletionResult(request, RequestId.Of(context), streams.UnixSeconds);
        await (request.Stream
            ? streams.RunAsync(context, new CompletionStream(result).SendAsync)
            : JsonResponse.WriteAsync(context, writer => CompletionJson.WriteAsync(writer, result, context.RequestAborted))).ConfigureAwait(false);
    }
}
