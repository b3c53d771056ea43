using Anthropic;
using Anthropic.Models.Messages;
using BenchmarkDotNet.Attributes;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>The stream of a message, read with this client and with Anthropic's own. All add up the length of the text.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class MessageStreamBenchmarks
{
    private static readonly MessageRequest Request = new(Clients.Model, [MessageInput.FromUser("Hi")], 100_000);

    private static readonly MessageCreateParams Parameters = new()
    {
        Model = Clients.Model,
        MaxTokens = 100_000,
        Messages = [new UserMessageParam { Content = "Hi" }],
    };

    private TogetherAIClient _together = null!;
    private AnthropicClient _anthropic = null!;

    [GlobalSetup]
    public void Setup()
    {
        var server = new MemoryServer(NamedEventBodies.Message(), "text/event-stream", StreamBenchmarks.ReadSize);
        _together = Clients.Together(server);
        _anthropic = Clients.Anthropic(server);
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public async Task<int> MessageTokens()
    {
        var length = 0;
        await foreach (var token in _together.Messages.StreamTokensAsync(Request).ConfigureAwait(false))
        {
            length += token.Length;
        }

        return length;
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public async Task<int> MessageChunks()
    {
        var length = 0;
        await foreach (var chunk in _together.Messages.StreamAsync(Request).ConfigureAwait(false))
        {
            length += chunk.Text?.Length ?? 0;
        }

        return length;
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount, Baseline = true)]
    public async Task<int> MessageAnthropic()
    {
        var length = 0;
        await foreach (var chunk in _anthropic.Messages.CreateStreaming(Parameters).ConfigureAwait(false))
        {
            length += chunk.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var text) ? text.Text.Length : 0;
        }

        return length;
    }
}
