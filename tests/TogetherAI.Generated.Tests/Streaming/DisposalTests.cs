using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>Disposing a stream while a step or a read of it is pending is misuse, but closing works.</summary>
[CancelAfter(60_000)]
public sealed class DisposalTests
{
    private static HttpClient WaitingHttpClient => new(new SocketsHttpHandler
    {
        MaxResponseDrainSize = int.MaxValue,
        ResponseDrainTimeout = Timeout.InfiniteTimeSpan,
    });

    [Test]
    public async Task Enumeration_disposed_while_a_step_is_pending_closes_at_once_and_cancels_the_step(CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource();
        await using var server = Silent(closed, Frames.Text("a"));
        using var httpClient = WaitingHttpClient;
        using var client = Clients.For(server, httpClient);
        var texts = client.StreamTokensAsync(Clients.Request, cancellationToken: CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        await texts.MoveNextAsync();

        var step = texts.MoveNextAsync().AsTask();
        await texts.DisposeAsync();

        await Assert.ThatAsync(() => step, Throws.InstanceOf<OperationCanceledException>().With.Message.Contains("disposed"));
        await Assert.ThatAsync(() => closed.Task.WaitAsync(cancellationToken), Throws.Nothing);
        Assert.That(await texts.MoveNextAsync(), Is.False);
    }

    [Test]
    public async Task Enumeration_disposed_while_it_opens_closes_at_once_and_cancels_the_step(CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            asked.SetResult();
            await connection.WaitForCloseAsync(stop);
            closed.SetResult();
        });
        using var client = Clients.For(server);
        var texts = client.StreamTokensAsync(Clients.Request, cancellationToken: CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);

        var step = texts.MoveNextAsync().AsTask();
        await asked.Task.WaitAsync(cancellationToken);
        await texts.DisposeAsync();

        await Assert.ThatAsync(() => step, Throws.InstanceOf<OperationCanceledException>().With.Message.Contains("disposed"));
        await Assert.ThatAsync(() => closed.Task.WaitAsync(cancellationToken), Throws.Nothing);
    }

    [Test]
    public async Task Failure_between_a_pending_step_and_its_await_is_what_a_caller_sees()
    {
        var closed = new TaskCompletionSource();
        await using var server = Silent(closed, Frames.Text("a"));
        using var client = Clients.For(server);

        await Assert.ThatAsync(RelayAsync, Throws.TypeOf<FormatException>());

        async Task RelayAsync()
        {
            await using var texts = client.StreamTokensAsync(Clients.Request).GetAsyncEnumerator();
            await texts.MoveNextAsync();
            var next = texts.MoveNextAsync();
            if (!next.IsCompleted)
            {
                throw new FormatException("The flush failed.");
            }

            await next;
        }
    }

    [Test]
    public async Task Step_that_is_pending_when_cancelled_and_disposed_says_cancellation([Values] bool isOpening)
    {
        var asked = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            if (!isOpening)
            {
                await connection.SendStreamHeadAsync(stop);
                await connection.SendChunkAsync(Frames.Text("a"), stop);
            }

            asked.SetResult();
            await connection.WaitForCloseAsync(stop);
        });
        using var client = Clients.For(server);
        using var cancellation = new CancellationTokenSource();
        var texts = client.StreamTokensAsync(Clients.Request, cancellationToken: cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        if (!isOpening)
        {
            await texts.MoveNextAsync();
        }

        var step = texts.MoveNextAsync().AsTask();
        await asked.Task;
        await cancellation.CancelAsync();
        await texts.DisposeAsync();

        await Assert.ThatAsync(() => step, Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
    }

    [Test]
    public async Task Bytes_disposed_while_a_read_is_pending_close_at_once(CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource();
        await using var server = Silent(closed, "a");
        using var httpClient = WaitingHttpClient;
        using var client = Clients.For(server, httpClient);
        var stream = await client.StreamBytesAsync(Clients.Request, cancellationToken: cancellationToken);
        await stream.ReadExactlyAsync(new byte[1], cancellationToken);

        var read = stream.ReadAsync(new byte[1], CancellationToken.None).AsTask();
        await stream.DisposeAsync();

        await Assert.ThatAsync(() => read, Throws.TypeOf<ObjectDisposedException>());
        await Assert.ThatAsync(() => closed.Task.WaitAsync(cancellationToken), Throws.Nothing);
    }

    [Test]
    public async Task Bytes_read_pending_when_cancelled_and_disposed_says_cancellation(CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource();
        await using var server = Silent(closed, "a");
        using var client = Clients.For(server);
        using var cancellation = new CancellationTokenSource();
        var stream = await client.StreamBytesAsync(Clients.Request, cancellationToken: cancellation.Token);
        await stream.ReadExactlyAsync(new byte[1], cancellationToken);

        var read = stream.ReadAsync(new byte[1], CancellationToken.None).AsTask();
        await cancellation.CancelAsync();
        await stream.DisposeAsync();

        await Assert.ThatAsync(() => read, Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
    }

    [Test]
    public async Task Enumerations_raced_by_their_disposal_end_as_promised(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            try
            {
                while (true)
                {
                    await connection.SendChunkAsync(Frames.Text("a"), stop);
                }
            }
            catch (IOException)
            {
                // The client has left.
            }
        });
        using var client = Clients.For(server);
        var odd = new List<Exception>();

        for (var i = 0; i < 150; i++)
        {
            var texts = client.StreamTokensAsync(Clients.Request, cancellationToken: cancellationToken).GetAsyncEnumerator(CancellationToken.None);
            await texts.MoveNextAsync();
            using var start = new Barrier(2);
            var disposing = Task.Run(
                async () =>
                {
                    start.SignalAndWait(cancellationToken);
                    Thread.SpinWait(i * 20);
                    await texts.DisposeAsync();
                },
                cancellationToken);
            start.SignalAndWait(cancellationToken);
            try
            {
                while (await texts.MoveNextAsync())
                {
                }

                await disposing;
            }
            catch (OperationCanceledException)
            {
                await disposing;
            }
            catch (Exception exception)
            {
                odd.Add(exception);
            }
        }

        Assert.That(odd, Is.Empty);
    }

    private static RawServer Silent(TaskCompletionSource closed, string beginning) => RawServer.Start(async (connection, _, stop) =>
    {
        await connection.SendStreamHeadAsync(stop);
        await connection.SendChunkAsync(beginning, stop);
        await connection.WaitForCloseAsync(stop);
        closed.TrySetResult();
    });
}
