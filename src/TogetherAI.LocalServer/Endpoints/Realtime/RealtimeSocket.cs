using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Realtime;

/// <summary>A WebSocket of the server: JSON objects in text frames, in both directions.</summary>
internal sealed class RealtimeSocket(WebSocket socket, CancellationToken cancellationToken)
{
    // Of one message; audio of several minutes.
    private const int MaxMessageBytes = 16 * 1024 * 1024;

    /// <summary>Accepts a connection and serves it until it ends.</summary>
    public static async Task ServeAsync(HttpContext context, Func<RealtimeSocket, Task> serve, CancellationToken stopping)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw new ApiErrorException(StatusCodes.Status426UpgradeRequired, "This address is a WebSocket.", "invalid_request_error");
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        try
        {
            await serve(new RealtimeSocket(socket, either.Token)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The client went away, or the server is stopping.
        }
    }

    public ValueTask SendAsync(object message)
        => socket.SendAsync(ObjectJson.Bytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    public ValueTask SendErrorAsync(string message, string? code = null)
        => SendAsync(new JObject { ["type"] = "error", ["error"] = new JObject { ["message"] = message, ["type"] = "invalid_request_error", ["code"] = code } });

    /// <summary>Receives messages until the client closes the connection, which is closed then. What is no JSON is reported as an error.</summary>
    public async IAsyncEnumerable<JObject> ReadAllAsync()
    {
        using var message = new MemoryStream();
        while (await ReceiveAsync(message).ConfigureAwait(false))
        {
            if (Parse(message) is { } json)
            {
                yield return json;
            }
            else
            {
                await SendErrorAsync("A message must be a JSON object.").ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> ReceiveAsync(MemoryStream message)
    {
        message.SetLength(0);
        var frame = new byte[16 * 1024];
        while (true)
        {
            var result = await socket.ReceiveAsync(new ArraySegment<byte>(frame), cancellationToken).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                await CloseAsync(WebSocketCloseStatus.NormalClosure).ConfigureAwait(false);
                return false;
            }

            message.Write(frame, 0, result.Count);
            // As with the service, binary frames end the session.
            if (result.MessageType == WebSocketMessageType.Binary || message.Length > MaxMessageBytes)
            {
                await CloseAsync(result.MessageType == WebSocketMessageType.Binary ? WebSocketCloseStatus.InvalidMessageType : WebSocketCloseStatus.MessageTooBig).ConfigureAwait(false);
                return false;
            }

            if (result.EndOfMessage)
            {
                return true;
            }
        }
    }

    private Task CloseAsync(WebSocketCloseStatus status) => socket.CloseOutputAsync(status, statusDescription: null, cancellationToken);

    private static JObject? Parse(MemoryStream message)
    {
        try
        {
            return JToken.Parse(Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length)) as JObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
