using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>A stream that has said all it had to say is whole, whatever the connection does then.</summary>
[CancelAfter(30_000)]
public sealed class StreamEndTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly string[] Ends =
    [
        "data: {\"choices\":[{\"text\":\"b\",\"finish_reason\":\"stop\"}]}\n\n",
        "data: {\"choices\":[{\"text\":\"b\",\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n",
        "data: {\"choices\":[{\"text\":\"b\",\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]",
        "data: {\"choices\":[{\"text\":\"b\"}]}\n\n[DONE]",
    ];

    [TestCaseSource(nameof(Ends))]
    public async Task Silence_after_the_end_is_no_failure(string end)
    {
        var time = new FakeTimeProvider();
        var body = new FedStream();
        using var client = body.Client(time, Limit);
        await using var events = client.StreamTokensAsync(Clients.Request).GetAsyncEnumerator();
        body.Feed(Frames.Text("a") + end);
        await events.MoveNextAsync();
        await events.MoveNextAsync();

        var move = events.MoveNextAsync().AsTask();
        time.Advance(Limit + TimeSpan.FromMilliseconds(1));

        Assert.That(await move, Is.False);
    }

    [TestCaseSource(nameof(Ends))]
    public async Task Reset_after_the_end_is_no_failure(string end, CancellationToken cancellationToken)
    {
        var seen = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.SendChunkAsync(Frames.Text("a") + end, stop);
            await seen.Task.WaitAsync(stop);
            connection.Reset();
        });
        using var client = Clients.For(server);
        await using var events = client.StreamAsync(Clients.Request, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        await events.MoveNextAsync();
        await events.MoveNextAsync();

        var move = events.MoveNextAsync().AsTask();
        seen.SetResult();

        Assert.That(await move, Is.False);
    }

    [Test]
    public async Task Silence_before_the_end_is_a_failure()
    {
        var time = new FakeTimeProvider();
        var body = new FedStream();
        using var client = body.Client(time, Limit);
        await using var events = client.StreamTokensAsync(Clients.Request).GetAsyncEnumerator();
        body.Feed(Frames.Text("a") + "data: [DO");
        await events.MoveNextAsync();

        var move = events.MoveNextAsync().AsTask();
        time.Advance(Limit + TimeSpan.FromMilliseconds(1));

        await Assert.ThatAsync(() => move, Throws.TypeOf<TogetherAITimeoutException>());
    }
}
