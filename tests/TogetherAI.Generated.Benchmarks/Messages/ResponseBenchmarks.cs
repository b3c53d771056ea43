using BenchmarkDotNet.Attributes;
using Newtonsoft.Json;

namespace TogetherAI.Benchmarks.Messages;

/// <summary>Whole calls: a small request, and a response of 1 KB or 100 KB.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class ResponseBenchmarks
{
    private byte[] _body = [];
    private CallClients _clients = null!;

    /// <summary>Letters of the text in the response.</summary>
    [Params(1_000, 100_000)]
    public int TextLength { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _body = MessageBodies.ChatCompletionResponse(TextLength);
        _clients = new CallClients("Hi", _body);
    }

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

    [Benchmark]
    public int Naive()
        => JsonConvert.DeserializeObject<ChatCompletionResponse>(System.Text.Encoding.UTF8.GetString(_body))!.Choices.Count;
}
