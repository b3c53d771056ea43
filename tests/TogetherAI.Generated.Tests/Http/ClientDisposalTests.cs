using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>
/// Disposing a client that made its own HTTP stack ends what it is doing, as disposing an HttpClient ends its requests;
/// one over an HttpClient of the caller ends nothing.
/// </summary>
[CancelAfter(30_000)]
public sealed class ClientDisposalTests
{
    [Test]
    public async Task Stream_that_has_begun_ends_when_its_client_is_disposed(
        [Values] bool isShared, [Values(Call.StreamBytes, Call.Stream, Call.StreamTokens)] Call call, CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource();
        await using var server = SilentAfter(closed, Frames.Text("a"));
        var (client, owner) = ClientOf(server, isShared);

        var step = await BeginAsync(client, call);
        owner.Dispose();

        await Assert.ThatAsync(() => step.WaitAsync(cancellationToken), Throws.InstanceOf<OperationCanceledException>().With.Message.Contains("client was disposed"));
        await Assert.ThatAsync(() => closed.Task.WaitAsync(cancellationToken), Throws.Nothing);
    }

    [Test]
    public async Task Stream_between_two_steps_ends_when_its_client_is_disposed(CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource();
        await using var server = SilentAfter(closed, Frames.Text("a") + Frames.Text("b"));
        var client = Clients.For(server);
        await using var texts = client.StreamTokensAsync(Clients.Request, cancellationToken: CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        await texts.MoveNextAsync();

        client.Dispose();

        await Assert.ThatAsync(() => closed.Task.WaitAsync(cancellationToken), Throws.Nothing);
        await Assert.ThatAsync(() => texts.MoveNextAsync().AsTask(), Throws.InstanceOf<OperationCanceledException>().With.Message.Contains("client was disposed"));
    }

    [Test]
    public async Task Call_without_a_response_ends_when_its_client_is_disposed([Values] bool isShared, [Values] Call call, CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            asked.SetResult();
            await connection.WaitForCloseAsync(stop);
        });
        var (client, owner) = ClientOf(server, isShared);

        var running = client.CompleteAsync(call, cancellationToken: CancellationToken.None);
        await asked.Task.WaitAsync(cancellationToken);
        owner.Dispose();

        await Assert.ThatAsync(() => running.WaitAsync(cancellationToken), Throws.InstanceOf<OperationCanceledException>().With.Message.Contains("client was disposed"));
    }

    [Test]
    public async Task Call_of_a_client_that_was_disposed_is_refused([Values] bool isShared, [Values] Call call)
    {
        await using var server = Calls.Server();
        var (client, owner) = ClientOf(server, isShared);

        owner.Dispose();
        owner.Dispose();

        await Assert.ThatAsync(() => client.CompleteAsync(call), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(server.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task Area_that_is_disposed_ends_nothing_of_the_client_that_it_belongs_to()
    {
        await using var server = RawServer.Streaming(Frames.Text("a"), Frames.Text("b"), Frames.Done);
        using var client = Clients.ForAll(server);
        await using var texts = client.Inference.StreamTokensAsync(Clients.Request).GetAsyncEnumerator();
        await texts.MoveNextAsync();

        client.Chat.Dispose();
        client.Inference.Dispose();

        Assert.That(await texts.MoveNextAsync(), Is.True);
        Assert.That(texts.Current, Is.EqualTo("b"));
    }

    [Test]
    public async Task Client_over_an_HttpClient_of_the_caller_ends_nothing_when_it_is_disposed([Values] bool isShared)
    {
        await using var server = RawServer.Streaming(Frames.Text("a"), Frames.Text("b"), Frames.Done);
        using var httpClient = new HttpClient();
        IDisposable owner = isShared ? new TogetherAIClient(httpClient, Clients.Options(server.Url)) : Clients.For(server, httpClient);
        var client = owner as TogetherAIInferenceClient ?? ((TogetherAIClient)owner).Inference;
        await using var texts = client.StreamTokensAsync(Clients.Request).GetAsyncEnumerator();
        await texts.MoveNextAsync();

        owner.Dispose();

        Assert.That(await texts.MoveNextAsync(), Is.True);
        Assert.That(texts.Current, Is.EqualTo("b"));
        await Assert.ThatAsync(() => client.StreamTokensAsync(Clients.Request).ToListAsync().AsTask(), Has.Count.EqualTo(2));
    }

    private static (TogetherAIInferenceClient Client, IDisposable Owner) ClientOf(RawServer server, bool isShared)
    {
        if (!isShared)
        {
            var client = Clients.For(server);
            return (client, client);
        }

        var all = Clients.ForAll(server);
        return (all.Inference, all);
    }

    // Begins to read, and waits with the next step.
    private static async Task<Task> BeginAsync(TogetherAIInferenceClient client, Call call)
    {
        switch (call)
        {
            case Call.StreamBytes:
                var bytes = await client.StreamBytesAsync(Clients.Request);
                await bytes.ReadExactlyAsync(new byte[Frames.Text("a").Length]);
                return bytes.ReadAsync(new byte[1]).AsTask();
            case Call.Stream:
                var chunks = client.StreamAsync(Clients.Request).GetAsyncEnumerator();
                await chunks.MoveNextAsync();
                return chunks.MoveNextAsync().AsTask();
            default:
                var texts = client.StreamTokensAsync(Clients.Request).GetAsyncEnumerator();
                await texts.MoveNextAsync();
                return texts.MoveNextAsync().AsTask();
        }
    }

    private static RawServer SilentAfter(TaskCompletionSource closed, string events) => RawServer.Start(async (connection, _, stop) =>
    {
        await connection.SendStreamHeadAsync(stop);
        await connection.SendChunkAsync(events, stop);
        await connection.WaitForCloseAsync(stop);
        closed.TrySetResult();
    });
}
