using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Http;

/// <summary>Writes JSON objects as server-sent events, each sent as soon as it is complete.</summary>
internal sealed class ServerSentEvents : IJsonPieces, IDisposable
{
    private const int PieceBytes = 32 * 1024;

    private readonly PipeWriter _body;
    private readonly Utf8JsonWriter _json;

    public ServerSentEvents(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        _body = response.BodyWriter;
        _json = new Utf8JsonWriter(_body, JsonStyle.Writer);
    }

    public Utf8JsonWriter Json => _json;

    /// <summary>Begins an event with a name, an object that has it as its type and then what is written to the result.</summary>
    public Utf8JsonWriter Begin(string name)
    {
        Write(Encoding.UTF8.GetBytes($"event: {name}\n"));
        var json = Begin();
        json.WriteStartObject();
        json.WriteString("type", name);
        return json;
    }

    /// <summary>Ends the object of such an event, and the event; it is sent with the next one, or by <see cref="SendAsync"/>.</summary>
    public void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        Write("\n\n"u8);
    }

    /// <summary>Writes a text as it is made: no more than a piece of it is in memory.</summary>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async ValueTask WriteTextAsync(IEnumerable<string> pieces)
    {
        var sent = _json.BytesCommitted;
        foreach (var piece in pieces)
        {
            _json.WriteStringValueSegment(piece, isFinalSegment: false);
            if (_json.BytesPending + _json.BytesCommitted - sent >= PieceBytes)
            {
                _json.Flush();
                sent = _json.BytesCommitted;
                if (!await SendAsync(CancellationToken.None).ConfigureAwait(false))
                {
                    throw new OperationCanceledException("The client has closed the connection.");
                }
            }
        }

        _json.WriteStringValueSegment("", isFinalSegment: true);
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
