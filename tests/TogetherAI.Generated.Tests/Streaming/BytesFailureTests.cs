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
                .And.Message.Contains(amount));
    }

    [TestCase(0, "before the first byte of the stream")]
    [TestCase(5, "inside the stream, after 5 bytes")]
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

        await Assert.ThatAsync(() => read, Throws.TypeOf<TogetherAITimeoutException>().With.Message.Contains(amount));
    }
}
