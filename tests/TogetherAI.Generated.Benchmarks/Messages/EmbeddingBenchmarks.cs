using System.Text;
using BenchmarkDotNet.Attributes;
using Newtonsoft.Json;
using TogetherAI.Benchmarks.Streams;

namespace TogetherAI.Benchmarks.Messages;

/// <summary>A response with 1,000 embeddings of 1,024 numbers.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class EmbeddingBenchmarks
{
    private static readonly EmbeddingRequest Request = new() { Model = "org/embed", Input = "text" };

    private byte[] _body = [];
    private TogetherAIClient _together = null!;

    [GlobalSetup]
    public void Setup()
    {
        _body = MessageBodies.Embeddings(1_000, 1_024);
        _together = Clients.Together(new MemoryServer(_body, "application/json"));
    }

    [Benchmark]
    public async Task<int> Together()
        => (await _together.Embeddings.CreateAsync(Request).ConfigureAwait(false)).Data.Count;

    [Benchmark(Baseline = true)]
    public int Newtonsoft()
    {
        using var reader = new JsonTextReader(new StreamReader(new MemoryStream(_body), Encoding.UTF8));
        return JsonSerializer.CreateDefault().Deserialize<Response>(reader)!.Data.Count;
    }

    private sealed class Response
    {
        [JsonProperty("data")]
        public IList<Embedding> Data { get; set; } = [];
    }

    private sealed class Embedding
    {
        [JsonProperty("embedding")]
        public IList<double> Values { get; set; } = [];
    }
}
