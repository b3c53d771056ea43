using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>What one read of a stream leaves behind for the next one.</summary>
[CancelAfter(30_000)]
public sealed class ReadStateTests
{
    [Test]
    public async Task Synchronous_read_after_cancellation_gives_the_callers_token()
    {
        using var cancellation = new CancellationTokenSource();
        using var client = new SynchronousStream("data: a\n\n").Client();
        using var stream = await client.StreamBytesAsync(Clients.Request, cancellationToken: cancellation.Token);
        stream.ReadExactly(new byte[1]);

        await cancellation.CancelAsync();

        Assert.That(
            () => stream.Read(new byte[1], 0, 1),
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
    }

    [Test]
    public async Task Read_whose_failure_is_of_the_handlers_own_is_over([Values] bool isSynchronous)
    {
        var body = new SynchronousStream("") { ReadFailure = new FormatException() };
        using var client = body.Client();
        var stream = await client.StreamBytesAsync(Clients.Request);
        await Assert.ThatAsync(() => isSynchronous ? Task.FromResult(stream.Read(new byte[1], 0, 1)) : stream.ReadAsync(new byte[1]).AsTask(), Throws.TypeOf<FormatException>());

        body.ReadFailure = null;
        var reads = body.Reads;
        stream.Dispose();

        Assert.That(body.Reads, Is.GreaterThan(reads), "Disposing reads once more, in order to cancel that read, unless it believes that one is going on.");
    }

    [Test]
    public async Task Token_of_a_read_that_is_cancelled_while_data_arrives_is_named_by_the_next_read()
    {
        using var cancellation = new CancellationTokenSource();
        var body = new FedStream { ObeysTokens = false };
        using var client = body.Client();
        using var stream = await client.StreamBytesAsync(Clients.Request);
        var read = stream.ReadAsync(new byte[1], cancellation.Token).AsTask();
        body.ReadEnded = cancellation.Cancel;
        body.Feed("a");
        Assert.That(await read, Is.EqualTo(1));

        await Assert.ThatAsync(
            () => stream.ReadAsync(new byte[1]).AsTask(),
            Throws.TypeOf<ObjectDisposedException>().With.Message.EqualTo("The stream was closed because a read was cancelled."));
    }

    [Test]
    public async Task Token_of_the_call_that_is_cancelled_while_data_arrives_cancels_the_next_read([Values] bool isGivenAgain)
    {
        using var cancellation = new CancellationTokenSource();
        var body = new FedStream { ObeysTokens = false };
        using var client = body.Client();
        using var stream = await client.StreamBytesAsync(Clients.Request, cancellationToken: cancellation.Token);
        var read = stream.ReadAsync(new byte[1], cancellation.Token).AsTask();
        body.ReadEnded = cancellation.Cancel;
        body.Feed("a");
        Assert.That(await read, Is.EqualTo(1));

        await Assert.ThatAsync(
            () => stream.ReadAsync(new byte[1], isGivenAgain ? cancellation.Token : CancellationToken.None).AsTask(),
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Clock_that_goes_back_by_60_days_starts_the_limit_again(Call call)
    {
        var limit = TimeSpan.FromSeconds(10);
        var time = new MovableTime();
        using var client = new FedStream().Client(options =>
        {
            options.TimeProvider = time;
            options.Timeout = limit;
            options.StreamIdleTimeout = limit;
        });
        var reading = client.CompleteAsync(call);
        time.Offset = -TimeSpan.FromDays(60);

        Assert.That(() => time.Advance(limit), Throws.Nothing);
        var isWaiting = !reading.IsCompleted;
        time.Advance(limit);

        Assert.That(isWaiting, Is.True);
        await Assert.ThatAsync(() => reading, Throws.TypeOf<TogetherAITimeoutException>());
    }

    private sealed class MovableTime : FakeTimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + Offset.Ticks;
    }

    private sealed class SynchronousStream(string text) : ReadOnlyStream
    {
        private readonly MemoryStream _bytes = new(System.Text.Encoding.UTF8.GetBytes(text));

        public Exception? ReadFailure { get; set; }

        public int Reads { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Reads++;
            return ReadFailure is null ? _bytes.Read(buffer, offset, count) : throw ReadFailure;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => Task.FromResult(Read(buffer, offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var bytes = new byte[buffer.Length];
            var count = Read(bytes, 0, bytes.Length);
            bytes.AsSpan(0, count).CopyTo(buffer.Span);
            return ValueTask.FromResult(count);
        }

        public TogetherAIInferenceClient Client()
            => new(new HttpClient(new Handler(this)), Clients.Options(new Uri("http://localhost/")));
    }

    private sealed class Handler(Stream body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new StreamContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", "text/event-stream");
            return Task.FromResult(new HttpResponseMessage { Content = content });
        }
    }
}
