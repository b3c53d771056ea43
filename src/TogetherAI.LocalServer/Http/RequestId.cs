using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Http;

/// <summary>The id of a request: the same in the header <c>x-request-id</c> and in the body.</summary>
internal static class RequestId
{
    private const string Header = "x-request-id";

    // Together's ids name the data centre after the dash; these say where they are from, too.
    private const string Origin = "-LOCAL";

    public static string Assign(HttpContext context)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)) + Origin;
        context.TraceIdentifier = id;
        context.Response.Headers[Header] = id;
        return id;
    }

    public static string Of(HttpContext context) => context.TraceIdentifier;
}
