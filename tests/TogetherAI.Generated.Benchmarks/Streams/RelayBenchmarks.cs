using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BenchmarkDotNet.Attributes;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>
/// Tokens that are relayed to a socket as events of the relay's own, with a write for each token or for each batch of those
/// that arrived together.
/// </summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class RelayBenchmarks
{
    private static readonly ChatCompletionRequest Request = new()
    {
        Model = "org/model-70b",
        Messages = [ChatCompletionMessage.FromUser("Hi")],
    };

    private readonly ArrayBufferWriter<byte> _events = new();

    private TogetherAIClient _client = null!;
    private NetworkStream _reader = null!;

    /// <summary>Bytes that arrive at once; an event has about 250.</summary>
    [Params(250, 1_400, 16_384)]
    public int BurstBytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        // Without a value the class only warms up.
        var burst = BurstBytes == 0 ? 1_400 : BurstBytes;
        _client = Clients.Together(new MemoryServer(EventBodies.Chat(), "text/event-stream", burst, arrives: true));
        _reader = Connect();
    }

    [GlobalCleanup]
    public void Cleanup() => _reader.Dispose();

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount, Baseline = true)]
    public async Task<int> TokenByToken()
    {
        var writes = 0;
        await foreach (var token in _client.Chat.StreamTokensAsync(Request).ConfigureAwait(false))
        {
            Add(token);
            await SendAsync().ConfigureAwait(false);
            writes++;
        }

        return writes;
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public async Task<int> InBatches()
    {
        var writes = 0;
        await foreach (var batch in _client.Chat.StreamTokensAsync(Request).InBatchesAsync().ConfigureAwait(false))
        {
            foreach (var token in batch)
            {
                Add(token);
            }

            await SendAsync().ConfigureAwait(false);
            writes++;
        }

        return writes;
    }

    private void Add(string token)
    {
        _events.Write("data: "u8);
        Encoding.UTF8.GetBytes(token, _events);
        _events.Write("\n\n"u8);
    }

    private async ValueTask SendAsync()
    {
        await _reader.WriteAsync(_events.WrittenMemory).ConfigureAwait(false);
        _events.ResetWrittenCount();
    }

    // A connection over loopback to somebody who reads whatever comes.
    private static NetworkStream Connect()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var sender = new TcpClient { NoDelay = true };
        sender.Connect((IPEndPoint)listener.LocalEndpoint);
        var receiver = listener.AcceptTcpClient();
        _ = DrainAsync(receiver);
        return sender.GetStream();
    }

    private static async Task DrainAsync(TcpClient receiver)
    {
        using (receiver)
        {
            var buffer = new byte[65_536];
            while (await receiver.GetStream().ReadAsync(buffer).ConfigureAwait(false) > 0)
            {
            }
        }
    }
}
