using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>What a caller is told at the end of a call, however it ended.</summary>
[CancelAfter(30_000)]
public sealed class CallSummaryTests
{
    private const string ListBody = """[{"id":"m"}]""";
    private const string UsageBody = """{"status":"finished","output":{"choices":[{"text":" 4"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}}""";

    private readonly List<TogetherAICallSummary> _told = [];

    private TogetherAICallSummary Summary => _told.Single();

    private TogetherAIRequestOptions Options => new() { Completed = _told.Add };

    [SetUp]
    public void Forget() => _told.Clear();

    [Test]
    public async Task Call_that_succeeds_tells_what_came([Values] Way way, CancellationToken cancellationToken)
    {
        var isStream = way is Way.Bytes or Way.Objects or Way.Texts;
        var body = way switch { Way.Whole => UsageBody, Way.List => ListBody, Way.File => "RIFF", _ => Frames.Text("a") + Frames.Last("b") + Frames.Done };
        await using var server = RawServer.Answering(Answers.Of(200, body, isStream ? "text/event-stream" : way == Way.File ? "audio/wav" : "application/json", "x-request-id: id-1\r\n"));
        using var client = Clients.ForAll(server);

        await client.CompleteAsync(way, Options, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Summary.IsComplete, Is.True);
            Assert.That(Summary.Failure, Is.Null);
            Assert.That(Summary.Response!.RequestId, Is.EqualTo("id-1"));
            Assert.That(Summary.Attempts, Is.EqualTo(1));
            Assert.That(Summary.BytesReceived, Is.GreaterThan(0).And.AtMost(body.Length));
            Assert.That(Summary.EventsReceived, Is.EqualTo(way is Way.Objects or Way.Texts ? 2 : 0));
            Assert.That(Summary.Usage?.TotalTokens, Is.EqualTo(way is Way.Whole or Way.Objects or Way.Texts ? 3 : null));
            Assert.That(Summary.TimeToFirstEvent, way is Way.Whole or Way.List ? Is.Null : Is.AtMost(Summary.Duration));
        }
    }

    [Test]
    public async Task Stream_tells_its_finish_reason_and_last_usage(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Streaming(
            Frames.Data("""{"choices":[{"index":0,"delta":{"content":"a"}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}"""),
            Frames.Data("""{"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}"""),
            Frames.Data("""{"choices":[],"usage":{}}"""),
            Frames.Done);
        using var client = Clients.ForAll(server);

        await foreach (var text in client.Chat.StreamTokensAsync(new ChatCompletionRequest { Model = "m", Messages = [ChatCompletionMessage.FromUser("Hi")] }, Options, cancellationToken))
        {
            Assert.That(_told, Is.Empty);
        }

        Assert.That(Summary.FinishReason, Is.EqualTo("length"));
        Assert.That(Summary.Usage!.TotalTokens, Is.EqualTo(3));
    }

    [TestCase(Way.Objects)]
    [TestCase(Way.Texts)]
    [TestCase(Way.Bytes)]
    public async Task Stream_that_is_left_early_is_neither_complete_nor_failed(Way way, CancellationToken cancellationToken)
    {
        await using var server = RawServer.StreamingThenSilent(Frames.Text("a"), Frames.Text("b"));
        using var client = Clients.For(server);

        switch (way)
        {
            case Way.Bytes:
                await using (var stream = await client.StreamBytesAsync(Clients.Request, Options, cancellationToken))
                {
                    await stream.ReadExactlyAsync(new byte[10], cancellationToken);
                }

                break;
            case Way.Objects:
                await foreach (var _ in client.StreamAsync(Clients.Request, Options, cancellationToken))
                {
                    break;
                }

                break;
            default:
                await foreach (var _ in client.StreamTokensAsync(Clients.Request, Options, cancellationToken))
                {
                    break;
                }

                break;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Summary.IsComplete, Is.False);
            Assert.That(Summary.Failure, Is.Null);
            Assert.That(Summary.BytesReceived, Is.Positive);
        }
    }

    [Test]
    public async Task Call_that_is_refused_tells_its_failure_and_attempts([Values] Way way, CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Empty(503), Answers.Of(401, "{\"error\":\"no\"}"));
        using var client = new TogetherAIClient(Clients.Options(server.Url, static options =>
        {
            options.MaxRetries = 1;
            options.TimeProvider = new InstantTime();
        }));

        var exception = await Failures.Of<TogetherAIAuthenticationException>(() => client.CompleteAsync(way, Options, cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Summary.Failure, Is.SameAs(exception));
            Assert.That(Summary.Attempts, Is.EqualTo(2));
            Assert.That(Summary.Response, Is.Null);
            Assert.That(Summary.IsComplete, Is.False);
        }
    }

    [Test]
    public async Task Call_without_a_connection_tells_its_failure([Values] Way way, CancellationToken cancellationToken)
    {
        await using var server = RawServer.Start((connection, _, _) =>
        {
            connection.Reset();
            return Task.CompletedTask;
        });
        using var client = Clients.ForAll(server);

        var exception = await Failures.Of<TogetherAIConnectionException>(() => client.CompleteAsync(way, Options, cancellationToken));

        Assert.That(Summary.Failure, Is.SameAs(exception));
        Assert.That(Summary.Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task Response_that_breaks_off_tells_its_failure([Values] Way way, CancellationToken cancellationToken)
    {
        var type = way is Way.Bytes or Way.Objects or Way.Texts ? "text/event-stream" : way == Way.File ? "audio/wav" : "application/json";
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop, $"Content-Type: {type}\r\n");
            await connection.SendChunkAsync(type == "application/json" ? "{\"id\":" : Frames.Text("a"), stop);
            connection.Reset();
        });
        using var client = Clients.ForAll(server);

        var exception = await Failures.Of<TogetherAIException>(() => client.CompleteAsync(way, Options, cancellationToken));

        Assert.That(Summary.Failure, Is.SameAs(exception));
        Assert.That(Summary.IsComplete, Is.False);
    }

    [Test]
    public async Task Stream_that_is_cut_off_tells_its_failure(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Streaming(Frames.Text("a"));
        using var client = Clients.For(server);

        var (_, exception) = await Failures.After<TogetherAIStreamException>(client.StreamTokensAsync(Clients.Request, Options, cancellationToken));

        Assert.That(Summary.Failure, Is.SameAs(exception));
        Assert.That(Summary.EventsReceived, Is.EqualTo(1));
    }

    [Test]
    public async Task Cancellation_is_the_failure_of_a_stream()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = RawServer.StreamingThenSilent(Frames.Text("a"));
        using var client = Clients.For(server);

        var exception = await Failures.Of<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.StreamTokensAsync(Clients.Request, Options, cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });

        Assert.That(Summary.Failure, Is.SameAs(exception));
    }

#if !NETSTANDARD_CLIENT
    [Test]
    public async Task Trailers_are_told_with_secrets_masked(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop, "Content-Type: text/event-stream\r\nTrailer: X-Cost\r\n");
            await connection.SendChunkAsync(Frames.Text("a") + Frames.Done, stop);
            await connection.SendAsync($"0\r\nX-Cost: 12\r\nX-Seen: {Clients.Key}\r\n\r\n", stop);
        });
        using var client = Clients.For(server);

        await using (var stream = await client.StreamBytesAsync(Clients.Request, Options, cancellationToken))
        {
            await stream.CopyToAsync(Stream.Null, cancellationToken);
        }

        Assert.That(Summary.Trailers, Contains.Key("X-Cost").WithValue("12").And.ContainKey("X-Seen").WithValue("***"));
    }
#endif
}
