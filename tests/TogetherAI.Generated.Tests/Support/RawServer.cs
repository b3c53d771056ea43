using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace TogetherAI.Tests.Support;

/// <summary>
/// A server on a free loopback port that does exactly what the test's script says, once for every request.
/// </summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly Func<RawConnection, ReceivedRequest, CancellationToken, Task> _script;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private int _connectionCount;

    private RawServer(Func<RawConnection, ReceivedRequest, CancellationToken, Task> script, X509Certificate2? certificate)
    {
        _script = script;
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Url => new($"{(_certificate is null ? "http" : "https")}://localhost:{Port}/");

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    /// <summary>The one request that came; more or fewer fail the test.</summary>
    public ReceivedRequest Request => _requests.Single();

    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    /// <summary>Runs a script for every request; the connection is kept for the next request until the script ends it.</summary>
    public static RawServer Start(Func<RawConnection, ReceivedRequest, CancellationToken, Task> script, X509Certificate2? certificate = null)
        => new(script, certificate);

    /// <summary>Gives every request the same whole answer.</summary>
    public static RawServer Answering(string answer) => Start((connection, _, stop) => connection.SendAsync(answer, stop));

    /// <summary>Gives the first request the first answer, and so on; the last one is for all that follow.</summary>
    public static RawServer Answering(params string[] answers)
    {
        var number = -1;
        return Start((connection, _, stop) =>
            connection.SendAsync(answers[Math.Min(Interlocked.Increment(ref number), answers.Length - 1)], stop));
    }

    /// <summary>Streams the pieces, each a chunk of its own, and ends the body in an orderly way.</summary>
    public static RawServer Streaming(params byte[][] pieces) => Start(async (connection, _, stop) =>
    {
        await connection.SendStreamHeadAsync(stop);
        foreach (var piece in pieces)
        {
            await connection.SendChunkAsync(piece, stop);
        }

        await connection.SendLastChunkAsync(stop);
    });

    /// <summary>Streams the events and ends the body in an orderly way.</summary>
    public static RawServer Streaming(params string[] events)
        => Streaming([System.Text.Encoding.UTF8.GetBytes(string.Concat(events))]);

    /// <summary>Streams the events and then keeps silent with the connection open, until the client closes it.</summary>
    public static RawServer StreamingThenSilent(params string[] events) => Start(async (connection, _, stop) =>
    {
        await connection.SendStreamHeadAsync(stop);
        if (events.Length > 0)
        {
            await connection.SendChunkAsync(string.Concat(events), stop);
        }

        await connection.WaitForCloseAsync(stop);
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connectionCount);
                _connections.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
        }
    }

    // What a client does to a connection is what the tests are about: it must not disturb the server.
    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            client.NoDelay = true;
            using var connection = new RawConnection(client, await SecureAsync(client));
            while (await connection.ReadRequestAsync(_stop.Token) is { } request)
            {
                _requests.Enqueue(request);
                await _script(connection, request, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
        }
        finally
        {
            client.Dispose();
        }
    }

    private async Task<Stream> SecureAsync(TcpClient client)
    {
        if (_certificate is null)
        {
            return client.GetStream();
        }

        var secure = new SslStream(client.GetStream());
        try
        {
            await secure.AuthenticateAsServerAsync(_certificate);
        }
        catch (System.Security.Authentication.AuthenticationException exception)
        {
            throw new IOException("The client refused the certificate.", exception);
        }

        return secure;
    }
}
