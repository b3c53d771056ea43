using BenchmarkDotNet.Attributes;
using OpenAI.Responses;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>The stream of a response (<c>/responses</c>), read with this client and with OpenAI's. All add up the length of the text.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class ResponseStreamBenchmarks
{
    private static readonly ResponseRequest Request = new(Clients.Model, "Hi");

    private TogetherAIClient _together = null!;
    private ResponsesClient _openAI = null!;

    [GlobalSetup]
    public void Setup()
    {
        var server = new MemoryServer(NamedEventBodies.Response(), "text/event-stream", StreamBenchmarks.ReadSize);
        _together = Clients.Together(server);
        _openAI = Clients.OpenAIResponses(server);
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public async Task<int> ResponseTokens()
    {
        var length = 0;
        await foreach (var token in _together.Responses.StreamTokensAsync(Request).ConfigureAwait(false))
        {
            length += token.Length;
        }

        return length;
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public async Task<int> ResponseChunks()
    {
        var length = 0;
        await foreach (var chunk in _together.Responses.StreamAsync(Request).ConfigureAwait(false))
        {
            length += chunk.Text?.Length ?? 0;
        }

        return length;
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount, Baseline = true)]
    public async Task<int> ResponseOpenAI()
    {
        var length = 0;
        await foreach (var update in await _openAI.CreateResponseStreamingAsync(Clients.Model, "Hi").ConfigureAwait(false))
        {
            length += update is StreamingResponseOutputTextDeltaUpdate text ? text.Delta.Length : 0;
        }

        return length;
    }
}
