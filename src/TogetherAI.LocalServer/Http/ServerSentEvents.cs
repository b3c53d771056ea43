using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Http;

/// <summary>Writes JSON objects as server-sent events, each sent as soon as it is complete.</summary>
internal sealed class ServerSentEvents : IDisposable
{
    private readonly PipeWriter _body;
    private readonly Utf8JsonWriter _json;

    public ServerSentEvents(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        _body = response.BodyWriter;
        _json = new Utf8JsonWriter(_body, JsonStyle.Writer);
    }

    /// <summary>Begins an event, whose data is what is written to the result.</summary>
    public Utf8JsonWriter Begin()
    {
        Write("data: "u8);
        _json.Reset();
        return _json;
    }

    /// <summary>Ends the event and sends it.</summary>
    /// <returns>False where the client is gone.</returns>
    public ValueTask<bool> EndAsync(CancellationToken cancellationToken)
    {
        _json.Flush();
        Write("\n\n"u8);
        return SendAsync(cancellationToken);
    }

    /// <summary>Sends the event that says that the stream is complete.</summary>
    public ValueTask<bool> DoneAsync(CancellationToken cancellationToken)
    {
        Write("data: [DONE]\n\n"u8);
        return SendAsync(cancellationToken);
    }

    public void Dispose() => _json.Dispose();

    /// <summary>Adds bytes that are already in the form of an event.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_body.GetSpan(bytes.Length));
        _body.Advance(bytes.Length);
    }

    /// <summary>Sends what has been written.</summary>
    /// <returns>False where the client is gone.</returns>
    public async ValueTask<bool> SendAsync(CancellationToken cancellationToken)
    {
        var result = await _body.FlushAsync(cancellationToken).ConfigureAwait(false);
        return !result.IsCompleted;
    }
}
