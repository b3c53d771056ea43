using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using TogetherAI.LocalServer.Endpoints;
using TogetherAI.LocalServer.Endpoints.Files;

namespace TogetherAI.LocalServer.Http;

/// <summary>Lets only requests with the one key through.</summary>
internal sealed class KeyCheck(string key)
{
    private readonly byte[] _expected = Encoding.UTF8.GetBytes(key);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (IsRight(KeyOf(context.Request)) || IsStorage(context.Request.Path))
        {
            return next(context);
        }

        throw new ApiErrorException(
            StatusCodes.Status401Unauthorized,
            "The API key is missing or not the one that this server was started with.",
            "invalid_request_error",
            code: "invalid_api_key");
    }

    // The address of an upload or a video alone says who may use it, as that of the service's storage does.
    private static bool IsStorage(PathString path)
        => path.StartsWithSegments(FilesEndpoint.Storage, StringComparison.Ordinal) || path.StartsWithSegments(VideosEndpoint.Storage, StringComparison.Ordinal);

    // For messages the key may stand in a header of its own, which counts where there is no other.
    private static string? KeyOf(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim()
            : authorization.Length == 0 && ApiForms.IsMessages(request) ? request.Headers["x-api-key"].ToString().Trim()
            : null;
    }

    private bool IsRight(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _expected);
}
