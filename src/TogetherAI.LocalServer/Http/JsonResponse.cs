using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Newtonsoft.Json;

namespace TogetherAI.LocalServer.Http;

/// <summary>Sends a JSON response.</summary>
internal static class JsonResponse
{
    private const string ContentType = "application/json";

    private static readonly JsonSerializerSettings Settings = new() { NullValueHandling = NullValueHandling.Ignore, Culture = CultureInfo.InvariantCulture };

    /// <summary>Sends an object of the API, without the fields that are not set.</summary>
    public static async Task WriteAsync(HttpContext context, object value)
    {
        context.Response.ContentType = ContentType;
        var bytes = Encoding.UTF8.GetBytes(JsonConvert.SerializeObject(value, Settings));
        await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = ContentType;
        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter, JsonStyle.Writer))
        {
            write(json);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
