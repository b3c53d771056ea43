using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TogetherAI.Generator.Tests.Support;

/// <summary>An HTTP server on a socket: keeps what it was sent, and answers every request with the same bytes.</summary>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Func<string, string> _answer;
    private readonly Task _work;

    private WireServer(Func<string, string> answer)
    {
        _answer = answer;
        _listener.Start();
        _work = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>The requests as they were on the wire, head and body.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Answers each request by what it says.</summary>
    public static WireServer Start(Func<string, string> answer) => new(answer);

    /// <summary>Answers a request that asks for a stream with events, any other with JSON.</summary>
    public static WireServer Answering(string json, params string[] events)
        => new(request => request.Contains("\"stream_tokens\":true", StringComparison.Ordinal)
            ? Response("text/event-stream", string.Concat(events.Append("[DONE]").Select(data => $"data: {data}\n\n")))
            : Response("application/json", json));

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        try
        {
            await _work;
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The listener was closed under the accept; that is how it ends.
        }

        _closing.Dispose();
    }

    /// <summary>A whole response, head and body.</summary>
    public static string Response(string type, string body)
        => $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_closing.Token);
            var stream = client.GetStream();
            var request = await ReadAsync(stream);
            _requests.Enqueue(request);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(_answer(request)), _closing.Token);
        }
    }

    private async Task<string> ReadAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(request.ToString()))
        {
            var count = await stream.ReadAsync(buffer, _closing.Token);
            if (count == 0)
            {
                break;
            }

            request.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return request.ToString();
    }

    private static bool IsWhole(string request)
    {
        const string LengthHeader = "content-length:";
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var length = request[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith(LengthHeader, StringComparison.OrdinalIgnoreCase));
        return length is null || request.Length - end - 4 >= int.Parse(length[LengthHeader.Length..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
