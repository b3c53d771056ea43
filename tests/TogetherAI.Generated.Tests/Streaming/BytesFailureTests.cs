using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>Failures while bytes are read, which nobody looks into for events.</summary>
[CancelAfter(30_000)]
public sealed class BytesFailureTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [TestCase(0, "after 0 bytes")]
    [TestCase(1, "after 1 byte ")]
    [TestCase(5, "after 5 bytes")]
    public async Task StreamBytes_that_breaks_tells_the_bytes_that_came(int count, string amount, CancellationToken cancellationToken)
    {
        var seen = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            if (count > 0)
            {
                await connection.SendChunkAsync(new string('x', count), stop);
            }

            await seen.Task.WaitAsync(stop);
            connection.Reset();
        });
        using var client = Clients.For(server);
        using var bytes = await client.StreamBytesAsync(Clients.Request, cancellationToken: cancellationToken);
        await bytes.ReadExactlyAsync(new byte[count], cancellationToken);

        var read = bytes.ReadAsync(new byte[10], cancellationToken).AsTask();
        seen.SetResult();

        await Assert.ThatAsync(
            () => read,
            Throws.TypeOf<TogetherAIStreamException>()
                .With.Property("Failure").EqualTo(TogetherAIStreamFailure.ConnectionLost)
                .And.Property("BytesReceived").EqualTo(count)
                .And.Message.Contains(amount));
    }

    [TestCase(0, "before the first byte of the stream")]
    [TestCase(5, "nothing more after 5 bytes")]
    public async Task StreamBytes_that_goes_silent_tells_the_bytes_that_came(int count, string amount)
    {
        var time = new FakeTimeProvider();
        var body = new FedStream();
        using var client = body.Client(time, Limit);
        using var bytes = await client.StreamBytesAsync(Clients.Request);
        if (count > 0)
        {
            body.Feed(new string('x', count));
        }

        await bytes.ReadExactlyAsync(new byte[count]);

        var read = bytes.ReadAsync(new byte[10]).AsTask();
        time.Advance(Limit);

        await Assert.ThatAsync(() => read, Throws.TypeOf<TogetherAITimeoutException>().With.Property("BytesReceived").EqualTo(count).And.Message.Contains(amount));
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.Streams))]
    public async Task Stream_that_fails_tells_its_bytes(Call call)
    {
        var body = new FedStream { ReadFailure = new IOException() };
        body.Feed(Frames.Text("a"));
        using var client = body.Client();

        var exception = await Failures.Of<TogetherAIStreamException>(() => client.CompleteAsync(call));

        Assert.That(exception.BytesReceived, Is.EqualTo(Frames.Text("a").Length));
    }

    [TestCase("data: {\n\n")]
    [TestCase("data: {\"error\":\"no\"}\n\n")]
    [TestCase(": nothing\n\n")]
    public async Task Stream_of_events_that_fails_tells_its_bytes(string events)
    {
        await using var server = RawServer.Streaming(events);
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIStreamException>(() => client.CompleteAsync(Call.Stream));

        Assert.That(exception.BytesReceived, Is.EqualTo(events.Length));
    }

    [Test]
    public async Task StreamBytes_read_after_a_read_was_cancelled_says_so(CancellationToken cancellationToken)
    {
        await using var server = RawServer.StreamingThenSilent(Frames.Text("a"));
        using var client = Clients.For(server);
        using var cancellation = new CancellationTokenSource();
        using var stream = await client.StreamBytesAsync(Clients.Request, cancellationToken: cancellationToken);
        await stream.ReadExactlyAsync(new byte[Frames.Text("a").Length], cancellationToken);
        var read = stream.ReadAsync(new byte[1], cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThatAsync(() => read, Throws.InstanceOf<OperationCanceledException>());

        await Assert.ThatAsync(
            () => stream.ReadAsync(new byte[1], cancellationToken).AsTask(),
            Throws.TypeOf<ObjectDisposedException>().With.Message.EqualTo("The stream was closed because a read was cancelled."));
    }

    [Test]
    public async Task StreamBytes_read_after_it_was_disposed_says_so()
    {
        await using var server = RawServer.StreamingThenSilent(Frames.Text("a"));
        using var client = Clients.For(server);
        var stream = await client.StreamBytesAsync(Clients.Request);

        stream.Dispose();
        stream.Dispose();

        await Assert.ThatAsync(() => stream.ReadAsync(new byte[1]).AsTask(), Throws.InstanceOf<ObjectDisposedException>());
    }
}
