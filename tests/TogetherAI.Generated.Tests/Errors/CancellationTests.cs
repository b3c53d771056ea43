using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Errors;

/// <summary>Cancellation by the caller at every wait: the caller's own token comes back, and the connection is gone.</summary>
[CancelAfter(30_000)]
public sealed class CancellationTests
{
    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Cancelled_before_the_call_sends_nothing(Call call)
    {
        await using var server = Calls.Server();
        using var client = Clients.For(server);
        var token = new CancellationToken(canceled: true);

        await Assert.ThatAsync(() => client.CompleteAsync(call, cancellationToken: token), ThrowsCancellationOf(token));
        Assert.That(server.ConnectionCount, Is.Zero);
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Cancelled_while_connecting_gives_the_callers_token(Call call)
    {
        using var cancellation = new CancellationTokenSource();
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                await cancellation.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
                throw new InvalidOperationException("Not reached.");
            },
        };
        using var httpClient = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(new Uri("http://localhost:9/")));

        await Assert.ThatAsync(() => client.CompleteAsync(call, cancellationToken: cancellation.Token), ThrowsCancellationOf(cancellation.Token));
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Cancelled_while_waiting_for_headers_closes_the_connection(Call call, CancellationToken cancellationToken)
    {
        using var cancellation = new CancellationTokenSource();
        var closed = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await cancellation.CancelAsync();
            await connection.WaitForCloseAsync(stop);
            closed.SetResult();
        });
        using var client = Clients.For(server, options => options.MaxRetries = 2);

        await Assert.ThatAsync(() => client.CompleteAsync(call, cancellationToken: cancellation.Token), ThrowsCancellationOf(cancellation.Token));
        await closed.Task.WaitAsync(cancellationToken);
        Assert.That(server.Requests, Has.Count.EqualTo(1), "no retry after cancellation");
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Cancelled_inside_the_body_closes_the_connection(Call call, CancellationToken cancellationToken)
    {
        using var cancellation = new CancellationTokenSource();
        var closed = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop, call == Call.Run ? "Content-Type: application/json\r\n" : "Content-Type: text/event-stream\r\n");
            await connection.SendChunkAsync("data: {\"choices\":[{\"te", stop);
            await cancellation.CancelAsync();
            await connection.WaitForCloseAsync(stop);
            closed.SetResult();
        });
        using var client = Clients.For(server);

        await Assert.ThatAsync(() => client.CompleteAsync(call, cancellationToken: cancellation.Token), ThrowsCancellationOf(cancellation.Token));
        await closed.Task.WaitAsync(cancellationToken);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Cancelled_between_two_events_stops_at_the_next_one(bool byEnumeration, CancellationToken cancellationToken)
    {
        using var cancellation = new CancellationTokenSource();
        var closed = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.SendChunkAsync(Frames.Text("a") + Frames.Text("b"), stop);
            await connection.WaitForCloseAsync(stop);
            closed.SetResult();
        });
        using var client = Clients.For(server);
        var texts = new List<string>();

        async Task ReadAsync()
        {
            var stream = byEnumeration
                ? client.StreamTokensAsync(Clients.Request, cancellationToken: CancellationToken.None)
                : client.StreamTokensAsync(Clients.Request, cancellationToken: cancellation.Token);
            await foreach (var text in stream.WithCancellation(byEnumeration ? cancellation.Token : CancellationToken.None))
            {
                texts.Add(text);
                await cancellation.CancelAsync();
                // The server sees it although nobody has asked for the next event yet.
                await closed.Task.WaitAsync(cancellationToken);
            }
        }

        await Assert.ThatAsync(ReadAsync, ThrowsCancellationOf(cancellation.Token));
        Assert.That(texts, Is.EqualTo(new[] { "a" }));
    }

    [TestCase(Call.Stream)]
    [TestCase(Call.StreamTokens)]
    public async Task Cancelled_by_WithCancellation_while_waiting_gives_that_token(Call call)
    {
        using var argument = new CancellationTokenSource();
        using var enumeration = new CancellationTokenSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await enumeration.CancelAsync();
            await connection.WaitForCloseAsync(stop);
        });
        using var client = Clients.For(server);

        await Assert.ThatAsync(
            () => call == Call.Stream
                ? client.StreamAsync(Clients.Request, cancellationToken: argument.Token).ToListAsync(enumeration.Token).AsTask()
                : (Task)client.StreamTokensAsync(Clients.Request, cancellationToken: argument.Token).ToListAsync(enumeration.Token).AsTask(),
            ThrowsCancellationOf(enumeration.Token));
    }

    [Test]
    public async Task Cancelled_while_waiting_to_try_again_ends_the_wait()
    {
        using var cancellation = new CancellationTokenSource();
        var time = new FakeTimeProvider();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync(Answers.Empty(503, "Retry-After: 30\r\n"), stop);
            cancellation.CancelAfter(50);
        });
        using var client = Clients.For(server, options =>
        {
            options.MaxRetries = 5;
            options.TimeProvider = time;
        });

        await Assert.ThatAsync(() => client.RunAsync(Clients.Request, cancellationToken: cancellation.Token), ThrowsCancellationOf(cancellation.Token));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(503)]
    [TestCase(400)]
    public async Task Cancelled_in_the_moment_an_error_arrives_gives_the_callers_token_and_closes_the_response(int status)
    {
        using var cancellation = new CancellationTokenSource();
        using var handler = new CancellingHandler(cancellation);
        using var httpClient = new HttpClient(handler);
        await using var server = RawServer.Answering(Answers.Empty(status));
        using var client = Clients.For(server, httpClient, options => options.MaxRetries = 5);

        await Assert.ThatAsync(() => client.RunAsync(Clients.Request, cancellationToken: cancellation.Token), ThrowsCancellationOf(cancellation.Token));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Requests, Has.Count.EqualTo(1));
            await Assert.ThatAsync(() => handler.Response!.Content.ReadAsStreamAsync(), Throws.InstanceOf<ObjectDisposedException>());
        }
    }

    [Test]
    public async Task Cancelled_while_an_error_body_is_read_gives_the_callers_token()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync("HTTP/1.1 500 Status\r\nContent-Length: 1000\r\n\r\nbeginning", stop);
            await cancellation.CancelAsync();
            await connection.WaitForCloseAsync(stop);
        });
        using var client = Clients.For(server);

        await Assert.ThatAsync(() => client.RunAsync(Clients.Request, cancellationToken: cancellation.Token), ThrowsCancellationOf(cancellation.Token));
    }

    [Test]
    public async Task Cancelled_read_of_StreamBytes_gives_the_token_of_the_read_and_closes_the_connection(CancellationToken cancellationToken)
    {
        using var cancellation = new CancellationTokenSource();
        var closed = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.WaitForCloseAsync(stop);
            closed.SetResult();
        });
        using var client = Clients.For(server);
        using var stream = await client.StreamBytesAsync(Clients.Request, cancellationToken: cancellationToken);

        var read = stream.ReadAsync(new byte[10], cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await Assert.ThatAsync(() => read, ThrowsCancellationOf(cancellation.Token));
        await closed.Task.WaitAsync(cancellationToken);
    }

    private static NUnit.Framework.Constraints.IResolveConstraint ThrowsCancellationOf(CancellationToken token)
        => Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(token);

    // Cancels the call when its response headers are there, and nobody has looked at them.
    private sealed class CancellingHandler(CancellationTokenSource cancellation) : DelegatingHandler(new SocketsHttpHandler())
    {
        public HttpResponseMessage? Response { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Response = await base.SendAsync(request, cancellationToken);
            await cancellation.CancelAsync();
            return Response;
        }
    }
}
