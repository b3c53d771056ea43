using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>What the headers say of the rate limit: after success, at the head of a stream, and on exceptions.</summary>
[CancelAfter(30_000)]
public sealed class RateLimitTests
{
    private const string Headers =
        "x-request-id: req-7\r\nx-ratelimit-limit: 0.1666666667\r\nx-ratelimit-remaining: 3\r\nx-ratelimit-reset: 6\r\n" +
        "x-ratelimit-limit-tokens: 5000\r\nx-tokenlimit-remaining: 4000\r\nx-ratelimit-limit-dynamic: 12.5\r\nx-ratelimit-remaining-dynamic: -1\r\n" +
        "x-tokenlimit-limit-dynamic: many\r\n";

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Limits_are_told_with_success_before_anything_is_read(Call call)
    {
        var answer = Calls.Answer(call).Replace("\r\n\r\n", "\r\n" + Headers + "\r\n");
        await using var server = RawServer.Answering(answer);
        using var client = Clients.For(server);
        var infos = new List<TogetherAIResponseInfo>();

        await client.CompleteAsync(call, new TogetherAIRequestOptions { ResponseReceived = infos.Add });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(infos.Single().RequestId, Is.EqualTo("req-7"));
            Assert.That(infos.Single().Attempts, Is.EqualTo(1));
            AssertLimits(infos.Single().RateLimit);
        }
    }

    [Test]
    public async Task Limits_are_told_by_an_exception()
    {
        await using var server = RawServer.Answering(Answers.Of(429, """{"error":{"message":"slow down","type":"dynamic_request_limited"}}""", headers: Headers));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIRateLimitException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.ErrorType, Is.EqualTo("dynamic_request_limited"));
            Assert.That(exception.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(6)));
            Assert.That(exception.Message, Does.Contain("waiting 6 s"));
            AssertLimits(exception.RateLimit!);
        }
    }

    [Test]
    public async Task Limits_that_no_header_tells_are_unknown()
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server);
        TogetherAIResponseInfo? info = null;

        await client.RunAsync(Clients.Request, new TogetherAIRequestOptions { ResponseReceived = received => info = received });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(info!.RequestId, Is.Null);
            Assert.That(info.RateLimit.RequestLimit, Is.Null);
            Assert.That(info.RateLimit.Reset, Is.Null);
        }
    }

    [Test]
    public async Task Reset_of_the_rate_limit_is_no_wait_of_another_failure(
        [Values(301, 400, 401, 402, 403, 404, 405, 413, 422, 501)] int status, [ValueSource(typeof(Calls), nameof(Calls.All))] Call call)
    {
        await using var server = RawServer.Answering(Answers.Empty(status, "x-ratelimit-reset: 1.5\r\n"));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIException>(() => client.CompleteAsync(call));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.RetryAfter, Is.Null);
            Assert.That(exception.RateLimit!.Reset, Is.EqualTo(TimeSpan.FromSeconds(1.5)), "the header itself is still told");
        }
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Retry_after_wins_over_the_reset_of_the_rate_limit(Call call)
    {
        await using var server = RawServer.Answering(Answers.Empty(429, "Retry-After: 7\r\nx-ratelimit-reset: 1.5\r\n"));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIRateLimitException>(() => client.CompleteAsync(call));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(7)));
            Assert.That(exception.Message, Does.Contain("waiting 7 s"));
        }
    }

    [Test]
    public async Task Wait_on_a_success_is_no_order_to_wait()
    {
        await using var server = RawServer.Answering(Answers.Of(200, "{\"output\":{\"error\":\"no\"}}", headers: "Retry-After: 6\r\n"));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception.RetryAfter, Is.Null);
    }

    [Test]
    public async Task Request_id_of_the_edge_serves_where_there_is_no_other()
    {
        await using var server = RawServer.Answering(Answers.Empty(500, "cf-ray: 83aa00bb11cc22dd-SJC\r\n"));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception.RequestId, Is.EqualTo("83aa00bb11cc22dd-SJC"));
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task ResponseReceived_that_throws_ends_the_call_with_its_own_exception_and_the_connection(Call call, CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.WaitForCloseAsync(stop);
            closed.SetResult();
        });
        using var client = Clients.For(server, options => options.MaxRetries = 2);
        var options = new TogetherAIRequestOptions { ResponseReceived = _ => throw new FormatException("mine") };

        await Assert.ThatAsync(() => client.CompleteAsync(call, options, cancellationToken), Throws.TypeOf<FormatException>().With.Message.EqualTo("mine"));
        await closed.Task.WaitAsync(cancellationToken);
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    private static void AssertLimits(TogetherAIRateLimit limits)
    {
        Assert.That(limits.RequestLimit, Is.EqualTo(0.1666666667));
        Assert.That(limits.RequestsRemaining, Is.EqualTo(3));
        Assert.That(limits.Reset, Is.EqualTo(TimeSpan.FromSeconds(6)));
        Assert.That(limits.TokenLimit, Is.EqualTo(5000));
        Assert.That(limits.TokensRemaining, Is.EqualTo(4000));
        Assert.That(limits.DynamicRequestLimit, Is.EqualTo(12.5));
        Assert.That(limits.DynamicRequestsRemaining, Is.Null, "-1 is unknown");
        Assert.That(limits.DynamicTokenLimit, Is.Null, "no number is unknown");
        Assert.That(limits.DynamicTokensRemaining, Is.Null);
    }
}
