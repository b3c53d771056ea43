using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>The clock of a call: for a whole response until its last byte, for a stream until its headers.</summary>
[CancelAfter(30_000)]
public sealed class TimeoutTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Server_that_never_answers_is_given_up_and_left(Call call, CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        var closed = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            time.Advance(Limit);
            await connection.WaitForCloseAsync(stop);
            closed.SetResult();
        });
        using var client = Clients.For(server, With(time, retries: 3));

        var exception = await Failures.Of<TogetherAITimeoutException>(() => client.CompleteAsync(call, cancellationToken: cancellationToken));

        await closed.Task.WaitAsync(cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Phase, Is.EqualTo(TogetherAITimeoutPhase.ResponseHeaders));
            Assert.That(exception.Limit, Is.EqualTo(Limit));
            Assert.That(exception.Message, Does.Contain("Timeout of 30 s elapsed (Timeout)"));
            Assert.That(exception.StatusCode, Is.Null);
            Assert.That(exception.Attempts, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Server_that_accepts_no_connection_is_given_up()
    {
        var time = new FakeTimeProvider();
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                time.Advance(Limit);
                await Task.Delay(Timeout.Infinite, token);
                throw new InvalidOperationException("Not reached.");
            },
        };
        using var httpClient = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(new Uri("http://localhost:9/"), With(time, retries: 0)));

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request),
            Throws.TypeOf<TogetherAITimeoutException>().With.Property("Phase").EqualTo(TogetherAITimeoutPhase.ResponseHeaders));
    }

    [Test]
    public async Task Whole_response_that_does_not_end_in_time_is_given_up()
    {
        var time = new FakeTimeProvider();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"output\":", stop);
            await connection.WaitForCloseAsync(stop);
        });
        using var client = Clients.For(server, With(time, retries: 3));

        // The callback tells that the headers are there.
        var exception = await Failures.Of<TogetherAITimeoutException>(
            () => client.RunAsync(Clients.Request, new TogetherAIRequestOptions { ResponseReceived = _ => time.Advance(Limit - TimeSpan.FromTicks(1)) })
                .WithAdvance(time, TimeSpan.FromSeconds(1)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Phase, Is.EqualTo(TogetherAITimeoutPhase.ResponseBody));
            Assert.That(exception.StatusCode, Is.Not.Null);
            Assert.That(exception.Message, Does.Contain("Timeout of 30 s elapsed (Timeout): localhost did not finish its response"));
        }
    }

    [Test]
    public async Task Stream_may_take_longer_than_Timeout_once_its_headers_are_there()
    {
        var time = new FakeTimeProvider();
        await using var server = RawServer.Streaming(Frames.Text("a"), Frames.Done);
        using var client = Clients.For(server, With(time, retries: 0));
        var texts = new List<string>();

        await foreach (var text in client.StreamTokensAsync(Clients.Request))
        {
            texts.Add(text);
            time.Advance(Limit + Limit);
        }

        Assert.That(texts, Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task Timeout_covers_all_tries_and_says_what_the_last_one_brought()
    {
        var time = new FakeTimeProvider();
        var count = 0;
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            if (Interlocked.Increment(ref count) == 1)
            {
                await connection.SendAsync(Answers.Empty(503), stop);
                return;
            }

            time.Advance(Limit);
            await connection.WaitForCloseAsync(stop);
        });
        using var client = Clients.For(server, With(time, retries: 1));

        var exception = await Failures.Of<TogetherAITimeoutException>(
            () => client.RunAsync(Clients.Request).WithAdvance(time, TimeSpan.FromMilliseconds(10)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Attempts, Is.EqualTo(2));
            Assert.That(exception.Message, Does.Contain("sent 2 times; the last response was 503"));
        }
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Timeout_of_an_HttpClient_that_was_handed_in_is_named(Call call)
    {
        await using var server = RawServer.Start((connection, _, stop) => connection.WaitForCloseAsync(stop));
        using var httpClient = new HttpClient { Timeout = TimeSpan.FromMilliseconds(100) };
        using var client = Clients.For(server, httpClient);

        var exception = await Failures.Of<TogetherAITimeoutException>(() => client.CompleteAsync(call));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Phase, Is.EqualTo(TogetherAITimeoutPhase.HttpClientTimeout));
            Assert.That(exception.Limit, Is.EqualTo(httpClient.Timeout));
            Assert.That(exception.Message, Does.Contain("Timeout of 0.1 s").And.Contain("HttpClient.Timeout"));
        }
    }

    private static Action<TogetherAIOptions> With(TimeProvider time, int retries) => options =>
    {
        options.TimeProvider = time;
        options.MaxRetries = retries;
        options.Timeout = Limit;
    };
}
