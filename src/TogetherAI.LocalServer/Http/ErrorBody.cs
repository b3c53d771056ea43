using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Http;

/// <summary>Writes the documented error object.</summary>
internal static class ErrorBody
{
    public static async Task WriteAsync(HttpContext context, ApiErrorException error)
    {
        var response = context.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json";
        await using (var json = new Utf8JsonWriter(response.BodyWriter, JsonStyle.Writer))
        {
            json.WriteStartObject();
            if (ApiForms.IsBatches(context.Request))
            {
                json.WriteString("error", error.Message);
            }
            else if (ApiForms.IsQueue(context.Request))
            {
                WriteFacts(json, error);
            }
            else
            {
                WriteObject(json, context, error);
            }

            json.WriteEndObject();
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private static void WriteObject(Utf8JsonWriter json, HttpContext context, ApiErrorException error)
    {
        json.WriteString("id", RequestId.Of(context));
        if (ApiForms.IsMessages(context.Request))
        {
            json.WriteString("type", "error");
            json.WriteString("request_id", RequestId.Of(context));
        }

        json.WriteStartObject("error");
        WriteFacts(json, error);
        json.WriteEndObject();
    }

    private static void WriteFacts(Utf8JsonWriter json, ApiErrorException error)
    {
        json.WriteString("message", error.Message);
        json.WriteString("type", error.Type);
        json.WriteString("param", error.Param);
        json.WriteString("code", error.Code);
    }
}
