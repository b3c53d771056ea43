using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TogetherAI.LocalServer.Http;

/// <summary>Addresses that are read: HEAD is treated as GET is, and the HTTP server leaves the body out.</summary>
internal static class ReadRoutes
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapRead(this IEndpointRouteBuilder routes, string pattern, RequestDelegate handler)
        => routes.MapMethods(pattern, Methods, handler);
}
