using BenchmarkDotNet.Attributes;
using OpenAI.Chat;
using TogetherAI.Benchmarks.Streams;

namespace TogetherAI.Benchmarks.Messages;

/// <summary>Whole calls: a prompt of 1 KB or 1 MB, and a small response.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class RequestBenchmarks
{
    private string _prompt = "";
    private TogetherAIClient _together = null!;
    private ChatClient _openAI = null!;

    /// <summary>Letters of the prompt.</summary>
    [Params(1_000, 1_000_000)]
    public int PromptLength { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _prompt = MessageBodies.Prose(PromptLength);
        var server = new MemoryServer(MessageBodies.ChatCompletionResponse(100), "application/json");
        _together = Clients.Together(server);
        _openAI = Clients.OpenAI(server);
    }

    [Benchmark]
    public async Task<int> Together()
    {
        var request = new ChatCompletionRequest { Model = "org/model-70b", Messages = [ChatCompletionMessage.FromUser(_prompt)] };
        return (await _together.Chat.CompleteAsync(request).ConfigureAwait(false)).Choices.Count;
    }

    [Benchmark(Baseline = true)]
    public async Task<int> OpenAI()
        => (await _openAI.CompleteChatAsync(new UserChatMessage(_prompt)).ConfigureAwait(false)).Value.Content.Count;
}
