using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TogetherAI.Tests.Support;

/// <summary>One connection of a <see cref="RawServer"/>: what the server side reads and sends, byte for byte.</summary>
public sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client;
    private readonly Stream _stream;

    public RawConnection(TcpClient client, Stream stream)
    {
        _client = client;
        _stream = stream;
    }

    /// <summary>Bytes that the operating system has taken from this side.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Reads one request; null where the client closed instead of sending one.</summary>
    public async Task<ReceivedRequest?> ReadRequestAsync(CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!EndsWithBlankLine(head))
        {
            if (await _stream.ReadAsync(one, cancellationToken) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var text = head.ToString();
        var body = new byte[ContentLength(text)];
        await _stream.ReadExactlyAsync(body, cancellationToken);
        return new ReceivedRequest(text, body);
    }

    /// <summary>Sends bytes at once, in a packet of their own as far as the network allows.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(bytes, cancellationToken);
        await _stream.FlushAsync(cancellationToken);
        BytesSent += bytes.Length;
    }

    public Task SendAsync(string text, CancellationToken cancellationToken) => SendAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    /// <summary>Sends the head of an answer whose body comes in chunks.</summary>
    public Task SendStreamHeadAsync(CancellationToken cancellationToken, string headers = "Content-Type: text/event-stream\r\n")
        => SendAsync("HTTP/1.1 200 OK\r\n" + headers + "Transfer-Encoding: chunked\r\n\r\n", cancellationToken);

    /// <summary>Sends one chunk of a chunked body.</summary>
    public async Task SendChunkAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        var head = Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
        await SendAsync(new byte[][] { head, bytes, "\r\n"u8.ToArray() }.SelectMany(part => part).ToArray(), cancellationToken);
    }

    public Task SendChunkAsync(string text, CancellationToken cancellationToken) => SendChunkAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    /// <summary>Ends a chunked body in an orderly way.</summary>
    public Task SendLastChunkAsync(CancellationToken cancellationToken) => SendAsync("0\r\n\r\n", cancellationToken);

    /// <summary>Breaks the connection, as a crashed server or a router does: the client sees a reset.</summary>
    public void Reset()
    {
        _client.Client.LingerState = new LingerOption(true, 0);
        _client.Client.Close();
    }

    /// <summary>Waits until the client has closed its side, in whatever way.</summary>
    public async Task WaitForCloseAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        try
        {
            while (await _stream.ReadAsync(buffer, cancellationToken) > 0)
            {
            }
        }
        catch (IOException)
        {
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private static bool EndsWithBlankLine(StringBuilder head)
        => head.Length >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r';

    private static int ContentLength(string head)
    {
        const string Name = "Content-Length:";
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line[Name.Length..], CultureInfo.InvariantCulture);
    }
}
