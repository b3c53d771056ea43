using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>A server in a process of its own that sends each caller one event, and then nothing.</summary>
internal sealed class SilentServer : IAsyncDisposable
{
    public const string Command = "serve-silent";

    private static readonly byte[] Beginning = Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n22\r\ndata: {\"choices\":[{\"text\":\"a\"}]}\n\n\r\n");

    private readonly Process _process;

    private SilentServer(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    public static async Task<SilentServer> StartAsync()
    {
        var process = ChildProcess.Start(Command);
        var url = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false);
        return new SilentServer(process, new Uri(url!));
    }

    /// <summary>The other side: serves until its standard input is closed.</summary>
    public static async Task<int> ServeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = AcceptAsync(listener);
        Console.WriteLine($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
        {
        }

        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private static async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            _ = AnswerAsync(await listener.AcceptTcpClientAsync().ConfigureAwait(false));
        }
    }

    private static async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = new byte[16 * 1024];
                await stream.ReadAsync(request).ConfigureAwait(false);
                await stream.WriteAsync(Beginning).ConfigureAwait(false);
                while (await stream.ReadAsync(request).ConfigureAwait(false) > 0)
                {
                }
            }
            catch (IOException)
            {
                // The client has left.
            }
        }
    }
}
