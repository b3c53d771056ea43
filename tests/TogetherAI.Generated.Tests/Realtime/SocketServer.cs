using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace TogetherAI.Tests.Realtime;

/// <summary>A server with one WebSocket, whose behavior a test decides, and a client that connects to it.</summary>
internal sealed class SocketServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    private SocketServer(Func<HttpListenerContext, Task> serve, Action<TogetherAIOptions>? configure)
    {
        var url = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(url);
        _listener.Start();
        _serving = ServeAsync(serve);
        var options = new TogetherAIOptions { BaseUrl = new Uri(url), ApiKey = "the-secret-key" };
        configure?.Invoke(options);
        Client = new TogetherAIClient(options);
    }

    public TogetherAIClient Client { get; }

    public HttpListenerRequest? Request { get; private set; }

    /// <summary>Accepts the connection and then does what the test says.</summary>
    public static SocketServer Accept(Func<WebSocket, Task> serve, Action<TogetherAIOptions>? configure = null)
        => new(async context => await serve((await context.AcceptWebSocketAsync(subProtocol: null)).WebSocket), configure);

    /// <summary>Refuses the connection with a status.</summary>
    public static SocketServer Refuse(int status) => new(
        context =>
        {
            context.Response.StatusCode = status;
            context.Response.Close();
            return Task.CompletedTask;
        },
        configure: null);

    public static Task SendAsync(WebSocket socket, string json)
        => socket.SendAsync(new ArraySegment<byte>(Encoding.UTF8.GetBytes(json)), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public static Task CloseAsync(WebSocket socket, WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure, string? description = null)
        => socket.CloseOutputAsync(status, description, CancellationToken.None);

    /// <summary>The next message; null at the end.</summary>
    public static async Task<string?> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var result = await socket.ReceiveAsync(new ArraySegment<byte>(buffer), CancellationToken.None);
        return result.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(buffer, 0, result.Count);
    }

    public void Dispose()
    {
        Client.Dispose();
        _listener.Close();
    }

    private async Task ServeAsync(Func<HttpListenerContext, Task> serve)
    {
        try
        {
            var context = await _listener.GetContextAsync();
            Request = context.Request;
            await serve(context);
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or WebSocketException)
        {
            // The test has ended, or the client went away.
        }
    }

    private static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }
}
