using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>A status that is worth another attempt may come with an error that no attempt changes.</summary>
[CancelAfter(30_000)]
public sealed class FinalErrorTests
{
    private static readonly string[] FinalErrors =
    [
        """{"error":{"message":"m","type":"invalid_request_error","code":"model_not_available"}}""",
        """{"error":{"message":"m","code":"endpoint_not_ready"}}""",
        """{"error":{"message":"m","code":"Model_Not_Available"}}""",
        """{"error":{"message":{"message":"m","code":"model_not_available"}}}""",
        """{"message":"m","code":"endpoint_not_ready"}""",
        """{"error":{"message":"m","type":"model_not_available"}}""",
        """{"error":"m","error_type":"endpoint_not_ready"}""",
        """{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"m","code":"model_not_available"}""",
    ];

    private static readonly string[] OtherErrors =
    [
        """{"error":{"message":"busy","type":"service_unavailable","code":null}}""",
        """{"error":{"message":"model_not_available","type":"service_unavailable"}}""",
        """{"error":"busy"}""",
        "model_not_available",
        "<html>model_not_available</html>",
        "",
    ];

    [Test]
    public async Task Error_that_no_attempt_changes_is_not_tried_again(
        [ValueSource(nameof(FinalErrors))] string body, [ValueSource(typeof(Calls), nameof(Calls.All))] Call call)
    {
        await using var server = RawServer.Answering(Answers.Of(503, body, headers: "Retry-After: 1\r\n"));
        using var client = Clients.For(server, With(new InstantTime(), retries: 3));

        var exception = await Failures.Of<TogetherAIServerException>(() => client.CompleteAsync(call));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Requests, Has.Count.EqualTo(1));
            Assert.That(exception.Attempts, Is.EqualTo(1));
            Assert.That(exception.ResponseBody, Is.EqualTo(body));
            Assert.That(exception.ServerMessage, Does.Contain("m"));
            Assert.That(exception.Message, Does.Not.Contain("later").And.Not.Contain("capacity"));
        }
    }

    [Test]
    public async Task Error_that_may_pass_is_tried_again([ValueSource(nameof(OtherErrors))] string body, [Values(429, 500, 503)] int status)
    {
        await using var server = RawServer.Answering(Answers.Of(status, body), Answers.Run);
        using var client = Clients.For(server, With(new InstantTime(), retries: 3));

        await client.RunAsync(Clients.Request);

        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Error_of_a_later_attempt_is_looked_at_too()
    {
        await using var server = RawServer.Answering(Answers.Of(503, OtherErrors[0]), Answers.Of(503, FinalErrors[0]), Answers.Run);
        using var client = Clients.For(server, With(new InstantTime(), retries: 5));

        var exception = await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Attempts, Is.EqualTo(2));
            Assert.That(exception.ErrorCode, Is.EqualTo("model_not_available"));
        }
    }

    [Test]
    public async Task Server_that_asks_for_another_attempt_gets_it_whatever_its_error_is()
    {
        await using var server = RawServer.Answering(Answers.Of(503, FinalErrors[0], headers: "x-should-retry: true\r\n"), Answers.Run);
        using var client = Clients.For(server, With(new InstantTime(), retries: 1));

        await client.RunAsync(Clients.Request);

        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Error_that_never_ends_holds_the_next_attempt_up_for_a_moment_only(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        var count = 0;
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            if (Interlocked.Increment(ref count) == 1)
            {
                await connection.SendAsync("HTTP/1.1 503 Status\r\nContent-Length: 1000\r\n\r\n{\"error\":", stop);
                await connection.WaitForCloseAsync(stop);
                return;
            }

            await connection.SendAsync(Answers.Run, stop);
        });
        using var client = Clients.For(server, options =>
        {
            With(time, retries: 1)(options);
            options.Timeout = TimeSpan.FromMinutes(30);
        });

        var call = client.RunAsync(Clients.Request, cancellationToken: cancellationToken);
        await time.AdvanceUntilAsync(call, TimeSpan.FromMilliseconds(100), cancellationToken);
        await call;

        Assert.That(count, Is.EqualTo(2));
    }

    [Test]
    public async Task Error_of_any_size_is_read_only_in_part_before_the_next_attempt(CancellationToken cancellationToken)
    {
        var count = 0;
        var sent = new TaskCompletionSource<long>();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            if (Interlocked.Increment(ref count) > 1)
            {
                await connection.SendAsync(Answers.Run, stop);
                return;
            }

            await connection.SendAsync("HTTP/1.1 503 Status\r\nConnection: close\r\n\r\n", stop);
            try
            {
                while (connection.BytesSent < 512L * 1024 * 1024)
                {
                    await connection.SendAsync(new string('x', 64 * 1024), stop);
                }
            }
            catch (IOException)
            {
                // The client has left.
            }

            sent.SetResult(connection.BytesSent);
            connection.Dispose();
        });
        using var client = Clients.For(server, With(new InstantTime(), retries: 1));

        await client.RunAsync(Clients.Request, cancellationToken: cancellationToken);

        Assert.That(await sent.Task.WaitAsync(cancellationToken), Is.LessThan(64L * 1024 * 1024));
    }

    private static Action<TogetherAIOptions> With(TimeProvider time, int retries) => options =>
    {
        options.TimeProvider = time;
        options.MaxRetries = retries;
    };
}
