using System.Net;
using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Http;

/// <summary>
/// Refuses requests for a host that is not this machine. A page in a browser can give its own name the loopback address
/// (DNS rebinding) and would then read every response as its own; its requests still name the host that it came from.
/// </summary>
internal static class HostCheck
{
    private const string LocalName = "localhost";

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host.Host;
        return IsLoopback(host)
            ? next(context)
            : throw new ApiErrorException(
                StatusCodes.Status400BadRequest,
                $"This server responds to loopback names only (localhost, 127.0.0.1, [::1]); the Host header is \"{host}\".",
                "invalid_request_error",
                code: "invalid_host");
    }

    // RFC 6761, 6.3: every name under localhost is this machine.
    private static bool IsLoopback(string host)
    {
        var name = host.EndsWith('.') ? host[..^1] : host;
        return name.Equals(LocalName, StringComparison.OrdinalIgnoreCase)
            || name.EndsWith($".{LocalName}", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
    }
}
