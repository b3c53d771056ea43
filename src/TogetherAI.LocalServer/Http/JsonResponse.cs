using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Http;

/// <summary>Sends a JSON response.</summary>
internal static class JsonResponse
{
    public const string ContentType = "application/json";

    /// <summary>Sends an object of the API, without the fields that are not set.</summary>
    public static async Task WriteAsync(HttpContext context, object value)
    {
        context.Response.ContentType = ContentType;
        var bytes = ObjectJson.Bytes(value);
        context.Response.ContentLength = bytes.Length;
        await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Sends a response while it is written.</summary>
    public static async Task WriteAsync(HttpContext context, Func<JsonResponseWriter, ValueTask> write)
    {
        using var writer = new JsonResponseWriter(context);
        await write(writer).ConfigureAwait(false);
        await writer.SendAsync().ConfigureAwait(false);
    }
}
