using BenchmarkDotNet.Attributes;
using OpenAI.Chat;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>Chat streams whose events are tool calls of about 2 KB.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class ToolCallBenchmarks
{
    private const int EventCount = 2_000;

    private static readonly ChatCompletionRequest Request = new()
    {
        Model = "org/model-70b",
        Messages = [ChatCompletionMessage.FromUser("Hi")],
    };

    private MemoryServer _server = null!;
    private TogetherAIClient _together = null!;
    private ChatClient _openAI = null!;

    [GlobalSetup]
    public void Setup()
    {
        _server = new MemoryServer(EventBodies.ToolCalls(EventCount), "text/event-stream", StreamBenchmarks.ReadSize);
        _together = Clients.Together(_server);
        _openAI = Clients.OpenAI(_server);
    }

    [Benchmark(OperationsPerInvoke = EventCount)]
    public Task<int> ParserAlone() => Floor.ParseAsync(_server.Open());

    [Benchmark(OperationsPerInvoke = EventCount)]
    public async Task<int> ToolCallChunks()
    {
        var count = 0;
        await foreach (var chunk in _together.Chat.StreamAsync(Request).ConfigureAwait(false))
        {
            count += chunk.Choices.Count;
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = EventCount, Baseline = true)]
    public async Task<int> ToolCallOpenAI()
    {
        var count = 0;
        await foreach (var update in _openAI.CompleteChatStreamingAsync(new UserChatMessage("Hi")).ConfigureAwait(false))
        {
            count += update.ToolCallUpdates.Count;
        }

        return count;
    }
}
