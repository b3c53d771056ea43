using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using OpenTelemetry;
using OpenTelemetry.Trace;
using TogetherAI.Extensions.AI.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Extensions.AI.Tests.Pipelines;

/// <summary>The pipelines of Microsoft.Extensions.AI over the adapter, against the local server.</summary>
[CancelAfter(30_000)]
public sealed class PipelineTests
{
    private TogetherAILocalServer _server = null!;
    private TogetherAIClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 });
        _client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = _server.Url });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public void Package_under_test_runs_with_the_intended_version()
    {
#if LOWEST_ABSTRACTIONS
        var version = "10.5.0";
#else
        var version = "10.11.0";
#endif
        var product = FileVersionInfo.GetVersionInfo(typeof(IChatClient).Assembly.Location).ProductVersion;

        Assert.That(product, Does.StartWith(version));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task UseFunctionInvocation_calls_the_functions_and_sends_their_results(bool isStreaming)
    {
        var cities = new List<string>();
        var weather = AIFunctionFactory.Create((string city) => { cities.Add(city); return "sunny"; }, "get_weather");
        var time = AIFunctionFactory.Create(() => { cities.Add("time"); return 12; }, "get_time");
        using var chat = Chat().UseFunctionInvocation().Build();
        var options = new ChatOptions { Tools = [weather, time] };

        var response = isStreaming
            ? (await Updates.ReadAsync(chat.GetStreamingResponseAsync("Call get_weather and get_time.", options))).ToChatResponse()
            : await chat.GetResponseAsync("Call get_weather and get_time.", options);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(cities, Has.Count.EqualTo(2).And.Contain("time"));
            Assert.That(response.Messages.Select(static message => message.Role), Is.EqualTo(new[] { ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant }));
            Assert.That(response.Messages[1].Contents.OfType<FunctionResultContent>().Select(static result => result.Result!.ToString()), Is.EqualTo(new[] { "sunny", "12" }));
            Assert.That(response.Text, Does.Contain("mock server"));
            Assert.That(response.FinishReason, Is.EqualTo(ChatFinishReason.Stop));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task UseOpenTelemetry_traces_the_call(bool isStreaming)
    {
        var source = $"tests-{isStreaming}";
        var spans = new List<Activity>();
        using (Sdk.CreateTracerProviderBuilder().AddSource(source).AddInMemoryExporter(spans).Build())
        {
            using var chat = Chat().UseOpenTelemetry(sourceName: source).Build();
            _ = isStreaming
                ? (await Updates.ReadAsync(chat.GetStreamingResponseAsync("Hi"))).ToChatResponse()
                : await chat.GetResponseAsync("Hi");
        }

        var span = spans.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(span.DisplayName, Is.EqualTo("chat org/model"));
            Assert.That(span.GetTagItem("gen_ai.provider.name"), Is.EqualTo("together_ai"));
            Assert.That(span.GetTagItem("gen_ai.request.model"), Is.EqualTo("org/model"));
            Assert.That(span.GetTagItem("gen_ai.response.id"), Is.Not.Null);
            Assert.That(span.GetTagItem("gen_ai.usage.input_tokens"), Is.GreaterThan(0));
            Assert.That(span.GetTagItem("gen_ai.usage.output_tokens"), Is.GreaterThan(0));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task UseDistributedCache_gives_the_same_response_without_a_request(bool isStreaming)
    {
        await using var server = isStreaming
            ? ChatServer.Deltas("""{"reasoning_content":"2+2"}""", """{"content":"4"}""")
            : ChatServer.Message("""{"role":"assistant","content":"4","reasoning_content":"2+2"}""");
        await using var next = ChatServer.Text();
        var cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        using var chat = server.Chat.AsBuilder().UseDistributedCache(cache).Build();

        async Task<ChatResponse> Ask() => isStreaming
            ? (await Updates.ReadAsync(chat.GetStreamingResponseAsync("2+2?"))).ToChatResponse()
            : await chat.GetResponseAsync("2+2?");

        var first = await Ask();
        var second = await Ask();
        await next.Chat.GetResponseAsync(second.Messages);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Requests, Has.Count.EqualTo(1));
            Assert.That((second.Text, second.ResponseId, second.FinishReason), Is.EqualTo((first.Text, first.ResponseId, first.FinishReason)));
            Assert.That(next.SentMessages, Is.EqualTo("""[{"role":"assistant","content":"4","reasoning_content":"2+2"}]"""));
        }
    }

    [Test]
    public async Task UseLogging_logs_the_call()
    {
        using var log = new LogLines();
        using var factory = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        using var chat = Chat().UseLogging(factory).Build();

        var response = await chat.GetResponseAsync("Hi");

        Assert.That(log.Lines, Has.Some.Contains("GetResponseAsync completed").And.Contains(response.ResponseId!));
    }

    [Test]
    public async Task Structured_output_is_read_as_its_type()
    {
        using var chat = Chat().Build();

        var response = await chat.GetResponseAsync<City>("Name a city.");

        Assert.That(response.Result.Name, Is.Not.Empty);
    }

    [Test]
    public async Task Reasoning_of_a_stream_comes_before_the_text()
    {
        using var chat = Chat().Build();

        var updates = await Updates.ReadAsync(chat.GetStreamingResponseAsync("Hi", new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.Low } }));

        Assert.That(updates.ToChatResponse().Messages.Single().Contents.Select(static content => content.GetType()), Is.EqualTo(new[] { typeof(TextReasoningContent), typeof(TextContent) }));
    }

    [Test]
    public async Task Embeddings_can_be_cached()
    {
        using var generator = _client.Embeddings.AsIEmbeddingGenerator("org/model").AsBuilder()
            .UseDistributedCache(new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())))
            .Build();

        var first = await generator.GenerateAsync(["a", "b"]);
        var second = await generator.GenerateAsync(["b", "a"]);

        Assert.That(second[0].Vector.ToArray(), Is.EqualTo(first[1].Vector.ToArray()));
    }

    private ChatClientBuilder Chat() => _client.Chat.AsIChatClient("org/model").AsBuilder();

    private sealed record City(string Name, int Inhabitants);
}
