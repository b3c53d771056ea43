using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Http;

/// <summary>Lets only requests with the one key through.</summary>
internal sealed class KeyCheck(string key)
{
    private readonly byte[] _expected = Encoding.UTF8.GetBytes(key);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (IsRight(context.Request.Headers.Authorization.ToString()))
        {
            return next(context);
        }

        throw new ApiErrorException(
            StatusCodes.Status401Unauthorized,
            "The API key is missing or not the one that this server was started with.",
            "invalid_request_error",
            code: "invalid_api_key");
    }

    private bool IsRight(string authorization)
    {
        const string Scheme = "Bearer ";
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim()), _expected);
    }
}
