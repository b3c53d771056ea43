using BenchmarkDotNet.Attributes;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>
/// Whether the cost stays in proportion to the bytes: as reads shrink to a single byte, and as events grow to 1 MB. All
/// figures are for about 4 MB of stream.
/// </summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class ScalingBenchmarks
{
    private const int StreamBytes = 4 * 1024 * 1024;

    private static readonly InferenceRequest Request = new() { Model = "m", Prompt = "p" };

    private MemoryServer _server = null!;
    private TogetherAIClient _client = null!;

    /// <summary>Bytes of an event, and most bytes of a read.</summary>
    [Params("200/1", "200/64", "200/1400", "200/65536", "2000/1400", "64000/1400", "1000000/1400")]
    public string EventAndRead { get; set; } = "200/1400";

    [GlobalSetup]
    public void Setup()
    {
        var sizes = EventAndRead.Split('/').Select(int.Parse).ToArray();
        var body = EventBodies.Large(sizes[0], StreamBytes / sizes[0]);
        _server = new MemoryServer(body, "text/event-stream", sizes[1]);
        _client = Clients.Together(_server);
    }

    [Benchmark(OperationsPerInvoke = StreamBytes / 1024, Baseline = true)]
    public Task<int> ParserPerKilobyte() => Floor.ParseAsync(_server.Open());

    [Benchmark(OperationsPerInvoke = StreamBytes / 1024)]
    public async Task<int> TokensPerKilobyte()
    {
        var length = 0;
        await foreach (var token in _client.Inference.StreamTokensAsync(Request).ConfigureAwait(false))
        {
            length += token.Length;
        }

        return length;
    }
}
