using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary><c>GET /v1/whoami</c>: the same project for every key.</summary>
internal static class AccountEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/v1/whoami", InvokeAsync);

    private static Task InvokeAsync(HttpContext context) => JsonResponse.WriteAsync(context, new AccountIdentity
    {
        ApiKeyId = "key-local",
        OrganizationId = "org-local",
        OrganizationName = "Local mock server",
        ProjectId = "proj-local",
        ProjectName = "Local",
        ProjectSlug = "local",
        UserId = "user-local",
    });
}
