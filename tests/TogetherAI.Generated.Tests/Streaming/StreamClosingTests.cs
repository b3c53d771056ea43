using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>
/// Closing a stream never fails, whatever the stream of a handler throws: on the thread of a timer that would end the
/// process. And a stream that nobody closes goes when it is collected.
/// </summary>
[CancelAfter(30_000)]
public sealed class StreamClosingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static byte[] Start => Encoding.UTF8.GetBytes(Frames.Text("a"));

    [TestCaseSource(typeof(Calls), nameof(Calls.Streams))]
    public async Task Leaving_a_stream_whose_rest_cannot_be_read_is_no_failure(Call call)
    {
        using var client = Failing().Client();

        await Assert.ThatAsync(() => client.TakeOneAsync(call), Throws.Nothing);
    }

    [Test]
    public async Task Cancelling_a_stream_that_cannot_be_closed_ends_it_as_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        using var client = Failing().Client();
        await using var texts = client.StreamTokensAsync(Clients.Request, cancellationToken: cancellation.Token).GetAsyncEnumerator(cancellation.Token);
        await texts.MoveNextAsync();

        Assert.That(cancellation.Cancel, Throws.Nothing);
        await Assert.ThatAsync(async () => await texts.MoveNextAsync(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Silence_of_a_stream_that_cannot_be_closed_ends_it_as_timed_out()
    {
        var time = new FakeTimeProvider();
        using var client = new FedStream { CloseFailure = new OddException() }.Client(time, Limit);
        var reading = client.StreamTokensAsync(Clients.Request).ToListAsync().AsTask();

        Assert.That(() => time.Advance(Limit), Throws.Nothing);
        await Assert.ThatAsync(() => reading, Throws.TypeOf<TogetherAITimeoutException>());
    }

    [Test]
    public async Task Silence_of_a_response_whose_handler_fails_at_that_ends_it_as_timed_out()
    {
        var time = new FakeTimeProvider();
        using var httpClient = new HttpClient(new WaitingHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(new Uri("http://localhost/"), options =>
        {
            options.TimeProvider = time;
            options.Timeout = Limit;
        }));
        var running = client.RunAsync(Clients.Request);

        Assert.That(() => time.Advance(Limit), Throws.Nothing);
        await Assert.ThatAsync(() => running, Throws.TypeOf<TogetherAITimeoutException>());
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.Streams))]
    public async Task Stream_that_nobody_closes_is_collected_after_its_limit(Call call)
    {
        var time = new FakeTimeProvider();
        var body = await ForgetAsync(time, call);

        time.Advance(Limit);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.That(body.IsAlive, Is.False);
    }

    [Test]
    public async Task Limit_holds_again_after_a_reader_was_long_away()
    {
        var time = new FakeTimeProvider();
        var body = new FedStream(Start);
        using var client = body.Client(time, Limit);
        await using var texts = client.StreamTokensAsync(Clients.Request).GetAsyncEnumerator();
        await texts.MoveNextAsync();
        time.Advance(Limit + Limit);

        var move = texts.MoveNextAsync().AsTask();
        time.Advance(Limit);

        await Assert.ThatAsync(() => move, Throws.TypeOf<TogetherAITimeoutException>());
    }

    private static FedStream Failing()
        => new(Start) { ReadFailure = new OddException(), CloseFailure = new OddException() };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> ForgetAsync(TimeProvider time, Call call)
    {
        var body = new FedStream(Start);
        var client = body.Client(time, Limit);
        switch (call)
        {
            case Call.StreamBytes:
                _ = await (await client.StreamBytesAsync(Clients.Request)).ReadAsync(new byte[10]);
                break;
            case Call.Stream:
                await client.StreamAsync(Clients.Request).GetAsyncEnumerator().MoveNextAsync();
                break;
            default:
                await client.StreamTokensAsync(Clients.Request).GetAsyncEnumerator().MoveNextAsync();
                break;
        }

        return new WeakReference(body);
    }

    private sealed class OddException : Exception;

    private sealed class WaitingHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var cancelled = new TaskCompletionSource();
            using var first = cancellationToken.Register(cancelled.SetResult);
            using var second = cancellationToken.Register(() => throw new OddException());
            await cancelled.Task;
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
