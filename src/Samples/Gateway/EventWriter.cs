using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TogetherAI.Samples.Gateway;

/// <summary>Writes events with a JSON object each to a response; nothing is sent before <see cref="FlushAsync"/>.</summary>
internal sealed class EventWriter(PipeWriter output)
{
    private readonly Utf8JsonWriter _json = new(output, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes an object with one text.</summary>
    public void Write(string field, string text)
    {
        Begin();
        _json.WriteString(field, text);
        End();
    }

    /// <summary>Writes why the text ended, and how many tokens it has.</summary>
    public void WriteEnd(string? finishReason, long? tokens)
    {
        Begin();
        _json.WriteString("finish_reason", finishReason);
        if (tokens is { } count)
        {
            _json.WriteNumber("output_tokens", count);
        }

        End();
    }

    /// <summary>Sends what has been written.</summary>
    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

    private void Begin()
    {
        Raw("data: "u8);
        _json.Reset();
        _json.WriteStartObject();
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        Raw("\n\n"u8);
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }
}
