using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using Newtonsoft.Json;
using OpenAI.Chat;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>
/// Reads the same streams with this client, with its peers, and with nothing but the parser or a copy. Each has a loop of
/// its own, as programs do: the compiler would make a slower one of a loop over everything.
/// </summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class StreamBenchmarks
{
    // What one read of a response gives at most: a packet.
    internal const int ReadSize = 1_400;

    private static readonly InferenceRequest InferenceRequest = new() { Model = "org/model-70b", Prompt = "Hi" };
    private static readonly ChatCompletionRequest ChatRequest = new()
    {
        Model = "org/model-70b",
        Messages = [ChatCompletionMessage.FromUser("Hi")],
    };

    // Never cancelled. A client can always be stopped, and .NET's HTTP stack registers with the token for every read that
    // goes to the connection.
    private readonly CancellationTokenSource _cancellation = new();

    private MemoryServer _inference = null!;
    private MemoryServer _chat = null!;
    private HttpClient _http = null!;
    private TogetherAIClient _httpTogether = null!;
    private TogetherAIClient _inferenceClient = null!;
    private TogetherAIClient _chatClient = null!;
    private ChatClient _openAI = null!;
    private IChatClient _openAIExtensionsAI = null!;
    private IChatClient _togetherExtensionsAI = null!;
    private IRefitChat _refit = null!;
    private byte[] _buffer = [];

    [GlobalSetup]
    public void Setup()
    {
        _inference = new MemoryServer(EventBodies.Inference(), "text/event-stream", ReadSize);
        _chat = new MemoryServer(EventBodies.Chat(), "text/event-stream", ReadSize);
        _http = new HttpClient(MemoryConnection.Handler(EventBodies.Inference(), ReadSize));
        _httpTogether = Clients.Together(_http, _http.BaseAddress = new Uri("http://127.0.0.1/"));
        _inferenceClient = Clients.Together(_inference);
        _chatClient = Clients.Together(_chat);
        _openAI = Clients.OpenAI(_chat);
        _openAIExtensionsAI = _openAI.AsIChatClient();
        _togetherExtensionsAI = _chatClient.Chat.AsIChatClient(Clients.Model);
        _refit = Clients.Refit(new MemoryServer(EventBodies.Chat(hasEndMarker: false), "text/event-stream", ReadSize));
        _buffer = new byte[65_536];
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public Task<int> CopyBytes() => CountBytesAsync(_inference.Open(), CancellationToken.None);

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public Task<int> ParserAlone() => Floor.ParseAsync(_inference.Open());

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public Task<int> HttpClientBytes() => HttpClientBytesAsync(_cancellation.Token);

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public Task<int> HttpClientBytesWithoutCancellation() => HttpClientBytesAsync(CancellationToken.None);

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public async Task<int> InferenceBytes()
    {
        var body = await _httpTogether.Inference.StreamBytesAsync(InferenceRequest, cancellationToken: _cancellation.Token).ConfigureAwait(false);
        return await CountBytesAsync(body, _cancellation.Token).ConfigureAwait(false);
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public async Task<int> InferenceTokens()
    {
        var count = 0;
        await foreach (var token in _inferenceClient.Inference.StreamTokensAsync(InferenceRequest).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public async Task<int> InferenceChunks()
    {
        var count = 0;
        await foreach (var chunk in _inferenceClient.Inference.StreamAsync(InferenceRequest).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public async Task<int> InferenceNaive()
    {
        using var reader = new StreamReader(_inference.Open());
        var count = 0;
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal)
                && JsonConvert.DeserializeObject<InferenceChunk>(line["data: ".Length..]) is not null)
            {
                count++;
            }
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public async Task<int> ChatTokens()
    {
        var count = 0;
        await foreach (var token in _chatClient.Chat.StreamTokensAsync(ChatRequest).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public async Task<int> ChatChunks()
    {
        var count = 0;
        await foreach (var chunk in _chatClient.Chat.StreamAsync(ChatRequest).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount, Baseline = true)]
    public async Task<int> ChatOpenAI()
    {
        var count = 0;
        await foreach (var update in _openAI.CompleteChatStreamingAsync(new UserChatMessage("Hi")).ConfigureAwait(false))
        {
            foreach (var part in update.ContentUpdate)
            {
                count += part.Text.Length;
            }
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public async Task<int> ChatRefit()
    {
        var count = 0;
        await foreach (var chunk in _refit.StreamAsync(new RefitRequest(Clients.Model, [new RefitMessage("user", "Hi")])).ConfigureAwait(false))
        {
            count += chunk.Choices[0].Delta.Content.Length;
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public Task<int> ChatTogetherExtensionsAI() => CountTextsAsync(_togetherExtensionsAI);

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public Task<int> ChatOpenAIExtensionsAI() => CountTextsAsync(_openAIExtensionsAI);

    private static async Task<int> CountTextsAsync(IChatClient client)
    {
        var count = 0;
        await foreach (var update in client.GetStreamingResponseAsync("Hi").ConfigureAwait(false))
        {
            count += update.Text.Length;
        }

        return count;
    }

    private async Task<int> HttpClientBytesAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "inference");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return await CountBytesAsync(body, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> CountBytesAsync(Stream body, CancellationToken cancellationToken)
    {
        using (body)
        {
            var count = 0;
            int read;
            while ((read = await ReadAsync(body, _buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                count += read;
            }

            return count;
        }
    }

    // A call through the base class, as in CopyToAsync, which relays streams of all kinds. Else it would be a guess of the
    // compiler, which kind is the usual one, that decides between the kinds.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
        => body.ReadAsync(buffer, cancellationToken);
}
