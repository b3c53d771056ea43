using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TogetherAI.Cli.Batches;

/// <summary>One line of the file with the responses, in the form of the service's output and error files.</summary>
internal static class ResponseLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(BatchResult result)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("custom_id", result.Id);
            if (result.Failure is { } failure)
            {
                WriteFailure(json, result.StatusCode, failure);
            }
            else
            {
                WriteResponse(json, result.StatusCode, result.Body!);
            }

            json.WriteEndObject();
        }

        line.Write("\n"u8);
        return line.WrittenSpan.ToArray();
    }

    /// <summary>Reads the id and whether the request succeeded; null if the line is none, such as one that was not written to its end.</summary>
    public static (string Id, bool IsSuccess)? Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.TryGetProperty("custom_id", out var id) && id.GetString() is { } text
                ? (text, json.RootElement.TryGetProperty("response", out _))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void WriteResponse(Utf8JsonWriter json, int? status, string body)
    {
        json.WriteStartObject("response");
        json.WriteNumber("status_code", status ?? 200);
        json.WritePropertyName("body");
        if (body.AsSpan().IndexOfAny('\n', '\r') < 0)
        {
            json.WriteRawValue(body);
        }
        else
        {
            // A line may have no line breaks.
            using var document = JsonDocument.Parse(body);
            document.RootElement.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, int? status, BatchFailure failure)
    {
        json.WriteStartObject("error");
        json.WriteString("message", failure.Message);
        json.WriteString("type", failure.Type);
        json.WriteString("code", failure.Code);
        if (status is { } number)
        {
            json.WriteNumber("status_code", number);
        }

        json.WriteEndObject();
    }
}
