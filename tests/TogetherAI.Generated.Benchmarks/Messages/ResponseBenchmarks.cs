using BenchmarkDotNet.Attributes;
using Newtonsoft.Json;
using OpenAI.Chat;
using TogetherAI.Benchmarks.Streams;

namespace TogetherAI.Benchmarks.Messages;

/// <summary>Whole calls: a small request, and a response of 1 KB or 100 KB.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class ResponseBenchmarks
{
    private static readonly ChatCompletionRequest Request = new()
    {
        Model = "org/model-70b",
        Messages = [ChatCompletionMessage.FromUser("Hi")],
    };

    private byte[] _body = [];
    private TogetherAIClient _together = null!;
    private ChatClient _openAI = null!;

    /// <summary>Letters of the text in the response.</summary>
    [Params(1_000, 100_000)]
    public int TextLength { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _body = MessageBodies.ChatCompletionResponse(TextLength);
        var server = new MemoryServer(_body, "application/json");
        _together = Clients.Together(server);
        _openAI = Clients.OpenAI(server);
    }

    [Benchmark]
    public async Task<int> Together()
        => (await _together.Chat.CompleteAsync(Request).ConfigureAwait(false)).Choices.Count;

    [Benchmark(Baseline = true)]
    public async Task<int> OpenAI()
        => (await _openAI.CompleteChatAsync(new UserChatMessage("Hi")).ConfigureAwait(false)).Value.Content.Count;

    [Benchmark]
    public int Naive()
        => JsonConvert.DeserializeObject<ChatCompletionResponse>(System.Text.Encoding.UTF8.GetString(_body))!.Choices.Count;
}
