using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>Items of a stream in batches, as they arrived together.</summary>
[CancelAfter(30_000)]
public sealed class BatchTests
{
    [Test]
    public async Task What_arrived_together_is_one_batch_and_nothing_is_held_back(CancellationToken cancellationToken)
    {
        var read = new SemaphoreSlim(0);
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.SendChunkAsync(Frames.Text("a") + Frames.Text("b"), stop);
            await read.WaitAsync(stop);
            await connection.SendChunkAsync(Frames.Text("c"), stop);
            await read.WaitAsync(stop);
            await connection.SendChunkAsync(Frames.Text("d") + Frames.Text("e") + Frames.Done, stop);
            await connection.SendLastChunkAsync(stop);
        });
        using var client = Clients.For(server);
        var batches = new List<string>();

        await foreach (var batch in client.StreamTokensAsync(Clients.Request, cancellationToken: cancellationToken).InBatchesAsync(cancellationToken: cancellationToken))
        {
            batches.Add(string.Concat(batch));
            read.Release();
        }

        Assert.That(batches, Is.EqualTo(new[] { "ab", "c", "de" }));
    }

    [Test]
    public async Task Batch_has_at_most_as_many_items_as_asked_for([Values(1, 2, 3, 4)] int maxItems, CancellationToken cancellationToken)
    {
        await using var server = RawServer.Streaming(string.Concat(Enumerable.Range(0, 7).Select(static number => Frames.Text($"{number}"))) + Frames.Done);
        using var client = Clients.For(server);
        var batches = new List<IReadOnlyList<InferenceChunk>>();

        await foreach (var batch in client.StreamAsync(Clients.Request, cancellationToken: cancellationToken).InBatchesAsync(maxItems, cancellationToken))
        {
            batches.Add(batch);
        }

        Assert.That(batches.Select(static batch => batch.Count), Is.All.InRange(1, maxItems));
        Assert.That(string.Concat(batches.SelectMany(static batch => batch).Select(static chunk => chunk.Text)), Is.EqualTo("0123456"));
    }

    [Test]
    public async Task What_arrived_before_a_failure_is_given_out_first(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Streaming(Frames.Text("a"), Frames.Text("b"));
        using var client = Clients.For(server);

        var (texts, exception) = await Failures.After<TogetherAIStreamException>(Joined(client.StreamTokensAsync(Clients.Request, cancellationToken: cancellationToken)));

        Assert.That(string.Concat(texts), Is.EqualTo("ab"));
        Assert.That(exception.Failure, Is.EqualTo(TogetherAIStreamFailure.Incomplete));
    }

    [Test]
    public async Task Leaving_closes_the_connection_also_while_the_next_item_is_waited_for(CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.SendChunkAsync(Frames.Text("a"), stop);
            await connection.WaitForCloseAsync(stop);
            closed.SetResult();
        });
        using var client = Clients.For(server);

        await foreach (var batch in client.StreamTokensAsync(Clients.Request, cancellationToken: cancellationToken).InBatchesAsync(cancellationToken: cancellationToken))
        {
            break;
        }

        await closed.Task.WaitAsync(cancellationToken);
    }

    [Test]
    public async Task Leaving_a_sequence_of_another_maker_disposes_it(CancellationToken cancellationToken)
    {
        var isDisposed = false;

        async IAsyncEnumerable<int> Numbers([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            try
            {
                yield return 1;
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            finally
            {
                isDisposed = true;
            }
        }

        await foreach (var batch in Numbers(cancellationToken).InBatchesAsync(cancellationToken: cancellationToken))
        {
            break;
        }

        Assert.That(isDisposed, Is.True);
    }

    [Test]
    public async Task Cancellation_comes_with_the_token_of_the_caller()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = RawServer.StreamingThenSilent(Frames.Text("a"));
        using var client = Clients.For(server);

        var exception = await Failures.Of<OperationCanceledException>(async () =>
        {
            await foreach (var batch in client.StreamTokensAsync(Clients.Request).InBatchesAsync(cancellationToken: cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });

        Assert.That(exception.CancellationToken, Is.EqualTo(cancellation.Token));
    }

    [Test]
    public void Batch_of_no_items_is_refused_at_the_call()
    {
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { ApiKey = "key" });

        Assert.That(() => client.StreamTokensAsync(Clients.Request).InBatchesAsync(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static async IAsyncEnumerable<string> Joined(IAsyncEnumerable<string> texts)
    {
        await foreach (var batch in texts.InBatchesAsync(cancellationToken: CancellationToken.None))
        {
            yield return string.Concat(batch);
        }
    }
}
