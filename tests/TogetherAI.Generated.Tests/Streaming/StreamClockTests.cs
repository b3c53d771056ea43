using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>The clocks of a stream: the wait for its first event, and silence inside it.</summary>
[CancelAfter(30_000)]
public sealed class StreamClockTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [TestCase("", TogetherAITimeoutPhase.FirstEvent, 0)]
    [TestCase(": a comment is no event\n\n", TogetherAITimeoutPhase.FirstEvent, 0)]
    [TestCase("data: {\"choices\":[{\"text\":\"a\"}]}\n\n", TogetherAITimeoutPhase.StreamSilence, 1)]
    [TestCase("data: {\"choices\":[{\"text\":\"a\"}]}\n\ndata: {\"cho", TogetherAITimeoutPhase.StreamSilence, 1)]
    public async Task Silence_of_a_server_ends_the_stream_and_names_the_wait(string sent, TogetherAITimeoutPhase phase, int events, CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        await using var server = RawServer.StreamingThenSilent(sent.Length == 0 ? [] : [sent]);
        using var client = Clients.For(server, options =>
        {
            options.TimeProvider = time;
            options.Timeout = Timeout.InfiniteTimeSpan;
            options.StreamIdleTimeout = Limit;
        });
        var arrived = new TaskCompletionSource();
        if (events == 0)
        {
            arrived.SetResult();
        }

        async Task ReadAsync()
        {
            await foreach (var text in client.StreamTokensAsync(Clients.Request, cancellationToken: cancellationToken))
            {
                arrived.SetResult();
            }
        }

        var reading = ReadAsync();
        await arrived.Task.WaitAsync(cancellationToken);
        await time.AdvanceUntilAsync(reading, TimeSpan.FromSeconds(1), cancellationToken);

        var exception = await Failures.Of<TogetherAITimeoutException>(() => reading);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Phase, Is.EqualTo(phase));
            Assert.That(exception.Limit, Is.EqualTo(Limit));
            Assert.That(exception.EventsReceived, Is.EqualTo(events));
            Assert.That(exception.Message, Does.Contain("10 s").And.Contain("StreamIdleTimeout"));
        }
    }

    [TestCase(false), TestCase(true)]
    public async Task First_event_has_a_limit_of_its_own_that_comments_do_not_extend(bool isOfCall, CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            while (!stop.IsCancellationRequested)
            {
                await connection.SendChunkAsync(": still at it\n\n", stop);
                await Task.Yield();
            }
        });
        using var client = Clients.For(server, options =>
        {
            options.TimeProvider = time;
            options.Timeout = Timeout.InfiniteTimeSpan;
            options.FirstEventTimeout = isOfCall ? TimeSpan.FromDays(1) : Limit;
        });

        var reading = Failures.After<TogetherAITimeoutException>(client.StreamTokensAsync(Clients.Request, new TogetherAIRequestOptions { FirstEventTimeout = isOfCall ? Limit : null }, cancellationToken));
        await time.AdvanceUntilAsync(reading, TimeSpan.FromSeconds(1), cancellationToken);

        var (_, exception) = await reading;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Phase, Is.EqualTo(TogetherAITimeoutPhase.FirstEvent));
            Assert.That(exception.Limit, Is.EqualTo(Limit));
            Assert.That(exception.Message, Does.Contain("10 s").And.Contain("FirstEventTimeout"));
        }
    }

    [TestCase(false), TestCase(true)]
    public async Task Limit_of_the_first_event_says_nothing_of_those_that_follow(bool readsBytes, CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        await using var server = RawServer.StreamingThenSilent(Frames.Text("a"));
        using var client = Clients.For(server, options =>
        {
            options.TimeProvider = time;
            options.FirstEventTimeout = TimeSpan.FromSeconds(1);
            options.StreamIdleTimeout = Limit;
        });
        await using var texts = client.StreamTokensAsync(Clients.Request, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var bytes = readsBytes ? await client.StreamBytesAsync(Clients.Request, cancellationToken: cancellationToken) : Stream.Null;
        _ = readsBytes ? await bytes.ReadAsync(new byte[1000], cancellationToken) > 0 : await texts.MoveNextAsync();

        var reading = Failures.Of<TogetherAITimeoutException>(async () => _ = readsBytes ? await bytes.ReadAsync(new byte[1000], cancellationToken) > 0 : await texts.MoveNextAsync());
        await time.AdvanceUntilAsync(reading, TimeSpan.FromSeconds(1), cancellationToken);

        Assert.That((await reading).Phase, Is.EqualTo(TogetherAITimeoutPhase.StreamSilence));
        Assert.That((await reading).Limit, Is.EqualTo(Limit));
    }

    [Test]
    public async Task Silence_of_a_server_closes_its_connection(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        var closed = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.WaitForCloseAsync(stop);
            closed.SetResult();
        });
        using var client = Clients.For(server, options =>
        {
            options.TimeProvider = time;
            options.Timeout = Timeout.InfiniteTimeSpan;
        });

        var reading = client.CompleteAsync(Call.Stream, new TogetherAIRequestOptions { StreamIdleTimeout = Limit }, cancellationToken);
        await time.AdvanceUntilAsync(reading, TimeSpan.FromSeconds(1), cancellationToken);

        await Assert.ThatAsync(() => reading, Throws.TypeOf<TogetherAITimeoutException>());
        await closed.Task.WaitAsync(cancellationToken);
    }

    [Test]
    public async Task Every_byte_counts_as_life_comments_included()
    {
        var time = new FakeTimeProvider();
        var body = new FedStream();
        using var client = body.Client(time, Limit);
        await using var events = client.StreamTokensAsync(Clients.Request).GetAsyncEnumerator();

        var move = events.MoveNextAsync();
        foreach (var piece in new[] { ":", " ping", "\n\n", ": ping\n\n", "data: ", "{\"choices\":[{\"text\":\"a\"}]}" })
        {
            time.Advance(Limit - TimeSpan.FromTicks(1));
            body.Feed(piece);
        }

        body.Feed("\n\n");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await move, Is.True);
            Assert.That(events.Current, Is.EqualTo("a"));
        }
    }

    [Test]
    public async Task Silence_of_exactly_the_limit_is_too_long()
    {
        var time = new FakeTimeProvider();
        var body = new FedStream();
        using var client = body.Client(time, Limit);
        await using var events = client.StreamTokensAsync(Clients.Request).GetAsyncEnumerator();

        var move = events.MoveNextAsync().AsTask();
        time.Advance(Limit - TimeSpan.FromTicks(1));
        var isWaiting = !move.IsCompleted;
        time.Advance(TimeSpan.FromTicks(1));
        // A timer of whole milliseconds may look one late.
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(isWaiting, Is.True);
        await Assert.ThatAsync(() => move, Throws.TypeOf<TogetherAITimeoutException>());
    }

    [Test]
    public async Task Time_that_the_caller_takes_between_events_does_not_count()
    {
        var time = new FakeTimeProvider();
        var body = new FedStream();
        using var client = body.Client(time, Limit);
        await using var events = client.StreamTokensAsync(Clients.Request).GetAsyncEnumerator();
        body.Feed(Frames.Text("a"));
        await events.MoveNextAsync();

        for (var i = 0; i < 5; i++)
        {
            time.Advance(Limit + Limit);
        }

        var move = events.MoveNextAsync();
        time.Advance(Limit - TimeSpan.FromMilliseconds(1));
        body.Feed(Frames.Text("b"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await move, Is.True);
            Assert.That(events.Current, Is.EqualTo("b"));
        }
    }

    [Test]
    public async Task Infinite_StreamIdleTimeout_waits_for_ever()
    {
        var time = new FakeTimeProvider();
        var body = new FedStream();
        using var client = body.Client(options =>
        {
            options.TimeProvider = time;
            options.StreamIdleTimeout = Timeout.InfiniteTimeSpan;
            options.Timeout = TimeSpan.FromSeconds(1);
        });
        await using var events = client.StreamTokensAsync(Clients.Request).GetAsyncEnumerator();

        var move = events.MoveNextAsync();
        time.Advance(TimeSpan.FromDays(3));
        body.Feed(Frames.Text("a"));

        Assert.That(await move, Is.True);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Silence_ends_a_read_that_ignores_its_token(bool obeysTokens)
    {
        var time = new FakeTimeProvider();
        var body = new FedStream { ObeysTokens = obeysTokens };
        using var client = body.Client(time, Limit);
        await using var events = client.StreamTokensAsync(Clients.Request).GetAsyncEnumerator();

        var move = events.MoveNextAsync().AsTask();
        time.Advance(Limit);

        await Assert.ThatAsync(() => move, Throws.TypeOf<TogetherAITimeoutException>());
    }

    [TestCase(Call.Run)]
    [TestCase(Call.StreamTokens)]
    public async Task Cancellation_ends_a_read_that_ignores_its_token(Call call)
    {
        using var cancellation = new CancellationTokenSource();
        var body = new FedStream { ObeysTokens = false };
        using var client = body.Client(mediaType: call == Call.Run ? "application/json" : "text/event-stream");

        var running = client.CompleteAsync(call, cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThatAsync(
            () => running,
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
    }

    [Test]
    public async Task Timeout_ends_a_whole_response_that_ignores_its_token()
    {
        var time = new FakeTimeProvider();
        var body = new FedStream { ObeysTokens = false };
        using var client = body.Client(options =>
        {
            options.TimeProvider = time;
            options.Timeout = Limit;
        }, "application/json");

        var running = client.RunAsync(Clients.Request);
        time.Advance(Limit);

        await Assert.ThatAsync(
            () => running,
            Throws.TypeOf<TogetherAITimeoutException>().With.Property("Phase").EqualTo(TogetherAITimeoutPhase.ResponseBody));
    }

    [TestCase(false, TogetherAITimeoutPhase.FirstEvent)]
    [TestCase(true, TogetherAITimeoutPhase.StreamSilence)]
    public async Task StreamBytes_names_the_wait_before_and_after_its_first_bytes(bool hasBytes, TogetherAITimeoutPhase phase)
    {
        var time = new FakeTimeProvider();
        var body = new FedStream();
        using var client = body.Client(time, Limit);
        using var bytes = await client.StreamBytesAsync(Clients.Request);
        if (hasBytes)
        {
            body.Feed("x");
            await bytes.ReadExactlyAsync(new byte[1]);
        }

        var read = bytes.ReadAsync(new byte[10]).AsTask();
        time.Advance(Limit);

        await Assert.ThatAsync(() => read, Throws.TypeOf<TogetherAITimeoutException>().With.Property("Phase").EqualTo(phase));
    }
}
