using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Http;

/// <summary>
/// Writes a JSON response that is sent while it is made: no more than a piece of it is in memory, and a client that is
/// gone, or does not read, is noticed.
/// </summary>
internal sealed class JsonResponseWriter : IJsonPieces, IDisposable
{
    private const int PieceBytes = 32 * 1024;

    private readonly PipeWriter _body;
    private readonly CancellationToken _cancellationToken;
    private long _sent;

    public JsonResponseWriter(HttpContext context)
    {
        context.Response.ContentType = JsonResponse.ContentType;
        _body = context.Response.BodyWriter;
        _cancellationToken = context.RequestAborted;
        Json = new Utf8JsonWriter(_body, JsonStyle.Writer);
    }

    public Utf8JsonWriter Json { get; }

    /// <summary>Writes an item of an array, or a value, that comes in pieces.</summary>
    public async ValueTask WriteTextAsync(IEnumerable<string> pieces)
    {
        foreach (var piece in pieces)
        {
            Json.WriteStringValueSegment(piece, isFinalSegment: false);
            await SendIfLargeAsync().ConfigureAwait(false);
        }

        Json.WriteStringValueSegment("", isFinalSegment: true);
    }

    /// <summary>Writes an array, item by item.</summary>
    public async ValueTask WriteArrayAsync<T>(string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        Json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(Json, item);
            await SendIfLargeAsync().ConfigureAwait(false);
        }

        Json.WriteEndArray();
    }

    /// <summary>Sends what has been written, if it is worth it.</summary>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public ValueTask SendIfLargeAsync()
        => Json.BytesPending + Json.BytesCommitted - _sent < PieceBytes ? ValueTask.CompletedTask : SendAsync();

    /// <summary>Sends what has been written.</summary>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async ValueTask SendAsync()
    {
        Json.Flush();
        _sent = Json.BytesCommitted;
        var result = await _body.FlushAsync(_cancellationToken).ConfigureAwait(false);
        if (result.IsCompleted)
        {
            throw new OperationCanceledException("The client has closed the connection.");
        }
    }

    public void Dispose() => Json.Dispose();
}
