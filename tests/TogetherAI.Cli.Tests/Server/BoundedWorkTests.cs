using System.Diagnostics.Metrics;
using System.Text.Json;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

/// <summary>Requests of a few bytes that ask for very much: it is made while it is sent, and no longer than somebody reads.</summary>
public sealed class BoundedWorkTests
{
    // The text alone is 6 MB for each of the choices.
    private const long MostBytes = 16_000_000;

    private const string Immense = """ "model":"m","n":8,"max_tokens":2000000 """;
    private const string Inference = $$"""{{{Immense}},"prompt":"write 1000000 words"}""";
    private const string InferenceStream = $$"""{{{Immense}},"prompt":"write 1000000 words","stream_tokens":true}""";
    private const string Completion = Inference;
    private const string CompletionStream = $$"""{{{Immense}},"prompt":"write 1000000 words","stream":true}""";
    private const string Message = $$"""{{{Immense}},"messages":[{"role":"user","content":"write 1000000 words"}]}""";
    private const string MessageStream = $$"""{{{Immense}},"messages":[{"role":"user","content":"write 1000000 words"}],"stream":true}""";
    private const string Response = """{"model":"m","max_output_tokens":2000000,"input":"write 1000000 words"}""";
    private const string ResponseStream = """{"model":"m","max_output_tokens":2000000,"input":"write 1000000 words","stream":true}""";
    private const string Chat = $$"""{{{Immense}},"messages":[{"role":"user","content":"write 1000000 words"}]}""";
    private const string ChatStream = $$"""{{{Immense}},"messages":[{"role":"user","content":"write 1000000 words"}],"stream":true}""";

    [TestCase("inference", InferenceStream), TestCase("v1/completions", CompletionStream), TestCase("v1/chat/completions", ChatStream)]
    [TestCase("v1/messages", MessageStream), TestCase("v1/responses", ResponseStream)]
    [CancelAfter(30_000)]
    public async Task Stream_of_very_much_begins_before_it_is_made(string path, string body, CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0.001 }, cancellationToken);
        var before = GC.GetTotalAllocatedBytes();

        using var response = await PostAsync(server, path, body, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var first = await reader.ReadLineAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Does.StartWith("data: {").Or.StartWith("event: "));
            Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(MostBytes));
        }
    }

    [TestCase("inference", Inference), TestCase("v1/completions", Completion), TestCase("v1/chat/completions", Chat)]
    [TestCase("v1/messages", Message), TestCase("v1/responses", Response)]
    [CancelAfter(30_000)]
    public async Task Answer_of_very_much_is_sent_while_it_is_made(string path, string body, CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);
        var before = GC.GetTotalAllocatedBytes();

        using var response = await PostAsync(server, path, body, cancellationToken);
        await using var bytes = await response.Content.ReadAsStreamAsync(cancellationToken);
        await bytes.ReadExactlyAsync(new byte[100_000], cancellationToken);

        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(MostBytes));
    }

    [TestCase("inference", Inference), TestCase("inference", InferenceStream)]
    [TestCase("v1/completions", Completion), TestCase("v1/completions", CompletionStream)]
    [TestCase("v1/chat/completions", Chat), TestCase("v1/chat/completions", ChatStream)]
    [TestCase("v1/messages", Message), TestCase("v1/messages", MessageStream), TestCase("v1/responses", Response), TestCase("v1/responses", ResponseStream)]
    [CancelAfter(30_000)]
    public async Task Answer_of_very_much_ends_when_its_client_goes_away(string path, string body, CancellationToken cancellationToken)
    {
        using var requests = new ActiveRequests();
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 }, cancellationToken);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var posting = PostAsync(server, path, body, leaving.Token);
        await Eventually.TrueAsync(() => requests.Count == 1, cancellationToken);

        await leaving.CancelAsync();
        try
        {
            (await posting).Dispose();
        }
        catch (OperationCanceledException)
        {
            // Its headers had not come yet.
        }

        await Eventually.TrueAsync(() => requests.Count == 0, cancellationToken);
        Assert.That(requests.Highest, Is.EqualTo(1));
    }

    [TestCase("inference", """{"model":"m","n":2,"max_tokens":2000000,"logprobs":1,"prompt":"write 20000 words"}""")]
    [TestCase("v1/completions", """{"model":"m","n":2,"max_tokens":2000000,"logprobs":1,"prompt":"write 20000 words"}""")]
    [TestCase("v1/chat/completions", """{"model":"m","n":2,"max_tokens":2000000,"logprobs":1,"messages":[{"role":"user","content":"write 20000 words"}]}""")]
    [CancelAfter(30_000)]
    public async Task Answer_in_many_pieces_is_whole(string path, string body, CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);

        using var response = await PlainHttp.PostToAsync(server, path, body, cancellationToken);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStreamAsync(cancellationToken));

        var answer = path == "inference" ? json.RootElement.GetProperty("output") : json.RootElement;
        var choices = answer.GetProperty("choices").EnumerateArray().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(choices.Select(choice => Text(choice).Trim().Split(' ').Length), Is.EqualTo(new[] { 20_000, 20_000 }));
            Assert.That(
                choices.Select(choice => string.Concat(choice.GetProperty("logprobs").GetProperty("tokens").EnumerateArray().Select(token => token.GetString())).Replace("</s>", "").Trim()),
                Is.EqualTo(choices.Select(choice => Text(choice).Trim())));
            Assert.That(answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32(), Is.GreaterThan(40_000));
        }
    }

    // What was made is given out late where it could be the beginning of a stop sequence.
    [TestCase("a local mock server, not a model, so I hav", "I am", TestName = "Stop_text_over_many_tokens_takes_all_of_them_back")]
    [TestCase("a local mock server, not a model, so I haX", null, TestName = "Stop_text_that_appears_in_part_takes_nothing_back")]
    [CancelAfter(30_000)]
    public async Task Stop_text_over_many_tokens(string stop, string? expected, CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 }, cancellationToken);
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = "k" });
        var request = new ChatCompletionRequest { Model = "m", Messages = [ChatCompletionMessage.FromUser("hi")] };
        var all = (await client.Chat.CompleteAsync(request, cancellationToken: cancellationToken)).Choices[0].Message!.Content;
        request.Stop = new[] { "never said", stop };

        var whole = (await client.Chat.CompleteAsync(request, cancellationToken: cancellationToken)).Choices[0].Message!.Content;
        var streamed = await client.Chat.StreamTokensAsync(request, cancellationToken: cancellationToken).ToListAsync(cancellationToken);

        Assert.That(new[] { whole!.Trim(), string.Concat(streamed).Trim() }, Is.All.EqualTo(expected ?? all));
    }

    private static string Text(JsonElement choice)
        => (choice.TryGetProperty("message", out var message) ? message.GetProperty("content") : choice.GetProperty("text")).GetString()!;

    private static Task<HttpResponseMessage> PostAsync(TogetherAILocalServer server, string path, string body, CancellationToken cancellationToken)
        => PlainHttp.Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, path)) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") },
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken);

    /// <summary>Counts the requests that servers of this process are at, as the framework measures them.</summary>
    private sealed class ActiveRequests : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _count;
        private long _highest;

        public ActiveRequests()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "http.server.active_requests")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, change, _, _) =>
            {
                var count = Interlocked.Add(ref _count, change);
                Interlocked.CompareExchange(ref _highest, count, count - 1);
            });
            _listener.Start();
        }

        public long Count => Interlocked.Read(ref _count);

        public long Highest => Interlocked.Read(ref _highest);

        public void Dispose() => _listener.Dispose();
    }
}
