using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TogetherAI.LocalServer.Endpoints.Files;

namespace TogetherAI.LocalServer.Http;

/// <summary>
/// Refuses bodies that are too large. The HTTP server would close the connection, and a client that is still sending would
/// never see the response; a body that says how long it is can be refused and then read to its end.
/// </summary>
internal sealed class RequestLimit(long mostBytes)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var length = context.Request.ContentLength;
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = length is null ? mostBytes : null;
        // What is uploaded to the storage goes on to where it is kept as it comes.
        return length > mostBytes && !context.Request.Path.StartsWithSegments(FilesEndpoint.Storage, StringComparison.Ordinal)
            ? throw new ApiErrorException(
                StatusCodes.Status413PayloadTooLarge,
                $"The request has {length} bytes; this server takes {mostBytes} at most.",
                "invalid_request_error")
            : next(context);
    }
}
