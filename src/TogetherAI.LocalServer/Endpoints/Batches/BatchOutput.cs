using System.Buffers;
using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Batches;

/// <summary>Writes the lines of the output file and of the error file of a batch.</summary>
internal sealed class BatchOutput(Stream responses, Stream errors)
{
    private readonly Lock _lock = new();

    public int Responses { get; private set; }

    public int Errors { get; private set; }

    public void AddResponse(string id, int status, byte[] body, bool isJson)
    {
        var line = Line(id, json =>
        {
            json.WriteStartObject("response");
            json.WriteNumber("status_code", status);
            json.WritePropertyName("body");
            WriteBody(json, body, isJson);
            json.WriteEndObject();
        });
        lock (_lock)
        {
            responses.Write(line);
            Responses++;
        }
    }

    public void AddError(string id, string message, string? code)
    {
        var line = Line(id, json =>
        {
            json.WriteStartObject("error");
            json.WriteString("message", message);
            json.WriteString("code", code);
            json.WriteEndObject();
        });
        lock (_lock)
        {
            errors.Write(line);
            Errors++;
        }
    }

    private static byte[] Line(string id, Action<Utf8JsonWriter> write)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, JsonStyle.Writer))
        {
            json.WriteStartObject();
            json.WriteString("custom_id", id);
            write(json);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
        return line.WrittenSpan.ToArray();
    }

    private static void WriteBody(Utf8JsonWriter json, byte[] body, bool isJson)
    {
        if (!isJson)
        {
            json.WriteStringValue(body);
        }
        else if (body.AsSpan().IndexOfAny((byte)'\n', (byte)'\r') < 0)
        {
            json.WriteRawValue(body);
        }
        else
        {
            // A line may have no line breaks.
            using var document = JsonDocument.Parse(body);
            document.RootElement.WriteTo(json);
        }
    }
}
