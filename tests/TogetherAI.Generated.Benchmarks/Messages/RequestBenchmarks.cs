using BenchmarkDotNet.Attributes;

namespace TogetherAI.Benchmarks.Messages;

/// <summary>Whole calls: a prompt of 1 KB or 1 MB, and a small response.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class RequestBenchmarks
{
    private CallClients _clients = null!;

    /// <summary>Letters of the prompt.</summary>
    [Params(1_000, 1_000_000)]
    public int PromptLength { get; set; }

    [GlobalSetup]
    public void Setup() => _clients = new CallClients(MessageBodies.Prose(PromptLength), MessageBodies.ChatCompletionResponse(100));

    [Benchmark]
    public Task<int> HttpClient() => _clients.Floor();

    [Benchmark]
    public Task<int> Together() => _clients.Together();

    [Benchmark(Baseline = true)]
    public Task<int> OpenAI() => _clients.OpenAI();

    [Benchmark]
    public Task<int> TogetherExtensionsAI() => _clients.TogetherExtensionsAI();

    [Benchmark]
    public Task<int> OpenAIExtensionsAI() => _clients.OpenAIExtensionsAI();
}
