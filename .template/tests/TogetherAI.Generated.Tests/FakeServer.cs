using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TogetherAI.Tests;

/// <summary>A server on this machine that responds to every request with the same event stream.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _response;
    private readonly Task _accepting;
    private int _requests;

    public FakeServer(string events)
    {
        _response = Encoding.UTF8.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: {Encoding.UTF8.GetByteCount(events)}\r\nConnection: close\r\n\r\n{events}");
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public int Requests => Volatile.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(connection.GetStream());
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
        {
            // The test has ended.
        }
    }

    // Requests are small: one that has its end in what has come is whole.
    private async Task AnswerAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[64 * 1024];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, _stop.Token);
            if (count == 0)
            {
                return;
            }

            head.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        Interlocked.Increment(ref _requests);
        await stream.WriteAsync(_response, _stop.Token);
        stream.Socket.Shutdown(SocketShutdown.Send);

        // What is left of the request, so that closing does not take the response away.
        while (await stream.ReadAsync(buffer, _stop.Token) > 0)
        {
        }
    }
}
