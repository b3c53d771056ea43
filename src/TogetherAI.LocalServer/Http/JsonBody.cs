using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Http;

/// <summary>Reads the JSON object of a request.</summary>
internal static class JsonBody
{
    public static async Task<JsonDocument> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        RequireJson(request.ContentType);
        var document = await ParseAsync(request.Body, cancellationToken).ConfigureAwait(false);
        try
        {
            RequireText(document.RootElement);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw ApiErrorException.Invalid("The request body must be a JSON object.");
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    private static void RequireJson(string? contentType)
    {
        var isJson = MediaTypeHeaderValue.TryParse(contentType, out var type)
            && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
            && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!isJson)
        {
            throw ApiErrorException.Invalid("The request needs the header Content-Type: application/json, in UTF-8.");
        }
    }

    /// <summary>
    /// Refuses what JSON can spell and no text has: RFC 8259, 8.1 and 8.2. Whoever reads the body later would fail at it.
    /// </summary>
    private static void RequireText(JsonElement body)
    {
        var bytes = JsonMarshal.GetRawUtf8Value(body);
        if (!Utf8.IsValid(bytes))
        {
            throw ApiErrorException.Invalid("The request body is not valid UTF-8.");
        }

        if (bytes.IndexOf(@"\ud"u8) < 0 && bytes.IndexOf(@"\uD"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(bytes);
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }
        }
        catch (InvalidOperationException)
        {
            throw ApiErrorException.Invalid("A text of the request has half of a surrogate pair.");
        }
    }

    private static async Task<JsonDocument> ParseAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            throw ApiErrorException.Invalid(
                $"The request body is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
    }
}
