using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Http;

/// <summary>What a request says in its path and its query.</summary>
internal static class RequestValues
{
    /// <summary>The id in the path.</summary>
    public static string RouteId(this HttpContext context) => (string)context.Request.RouteValues["id"]!;

    /// <summary>A value of the query; null if it is missing or empty.</summary>
    public static string? QueryValue(this HttpContext context, string name) => context.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>The same for a value that is required.</summary>
    /// <exception cref="ApiErrorException">It is missing or empty.</exception>
    public static string RequireQueryValue(this HttpContext context, string name)
        => context.QueryValue(name) ?? throw ApiErrorException.Invalid($"{name} is required.", name);
}
