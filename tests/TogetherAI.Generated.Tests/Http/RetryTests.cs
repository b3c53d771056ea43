using System.Globalization;
using System.Net;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>Which failures are tried again, how often, and after what wait. No test waits.</summary>
[CancelAfter(30_000)]
public sealed class RetryTests
{
    [Test]
    public async Task Status_that_invites_another_try_is_tried_again(
        [Values(408, 409, 429, 500, 502, 503, 504, 520, 521, 524, 529)] int status, [ValueSource(typeof(Calls), nameof(Calls.All))] Call call)
    {
        await using var server = RawServer.Answering(Answers.Of(status, "{\"error\":\"busy\"}"), Answers.Empty(status), Calls.Answer(call));
        using var client = Clients.For(server, With(new InstantTime(), retries: 2));

        await client.CompleteAsync(call);

        Assert.That(server.Requests.Select(request => request.Body).ToList(), Has.Count.EqualTo(3).And.All.EqualTo(server.Requests[0].Body));
    }

    [Test]
    public async Task Status_that_is_final_is_not_tried_again([Values(301, 302, 307, 400, 401, 402, 403, 404, 405, 413, 422, 501, 505, 530)] int status)
    {
        await using var server = RawServer.Answering(Answers.Empty(status, "Location: /elsewhere\r\n"));
        using var client = Clients.For(server, With(new InstantTime(), retries: 5));

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request),
            Throws.InstanceOf<TogetherAIException>().With.Property("Attempts").EqualTo(1));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(4)]
    public async Task MaxRetries_of_a_call_bounds_the_tries_and_the_exception_counts_them(int retries)
    {
        await using var server = RawServer.Answering(Answers.Empty(503));
        using var client = Clients.For(server, With(new InstantTime(), retries: 2));

        var exception = await Failures.Of<TogetherAIServerException>(
            () => client.RunAsync(Clients.Request, new TogetherAIRequestOptions { MaxRetries = retries }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Requests, Has.Count.EqualTo(retries + 1));
            Assert.That(exception.Attempts, Is.EqualTo(retries + 1));
            Assert.That(exception.Message, retries == 0 ? Does.Not.Contain("times") : Does.Contain($"sent {retries + 1} times"));
        }
    }

    [TestCase("Retry-After: 7\r\n", 7)]
    [TestCase("Retry-After: 0.25\r\n", 0.25)]
    [TestCase("Retry-After: 30\r\nretry-after-ms: 1500\r\n", 1.5)]
    [TestCase("Retry-After: 30\r\nretry-after-ms: 1500\r\nx-ratelimit-reset: 6\r\n", 1.5)]
    [TestCase("Retry-After: 7\r\nx-ratelimit-reset: 1.5\r\n", 7)]
    [TestCase("x-ratelimit-reset: 9\r\nRetry-After: 2\r\n", 2)]
    [TestCase("x-ratelimit-reset: 6\r\n", 6)]
    [TestCase("Retry-After: soon\r\nx-ratelimit-reset: 6\r\n", 6)]
    [TestCase("Retry-After: 1780000000\r\nx-ratelimit-reset: 6\r\n", 6)]
    [TestCase("x-ratelimit-reset: -1\r\nRetry-After: 4\r\n", 4)]
    [TestCase("x-ratelimit-reset: soon\r\nRetry-After: 4\r\n", 4)]
    [TestCase("x-ratelimit-reset: 0\r\nRetry-After: 4\r\n", 4)]
    [TestCase("x-ratelimit-reset: 1780000000\r\nRetry-After: 4\r\n", 4)]
    [TestCase("retry-after-ms: 0\r\nRetry-After: 4\r\n", 4)]
    [TestCase("Retry-After: 60\r\n", 60)]
    public async Task Wait_that_the_server_asks_for_is_kept(string headers, double seconds)
    {
        var time = new InstantTime();
        await using var server = RawServer.Answering(Answers.Empty(429, headers), Answers.Run);
        using var client = Clients.For(server, With(time, retries: 2));

        await client.RunAsync(Clients.Request);

        Assert.That(time.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(seconds) }));
    }

    [Test]
    public async Task Reset_of_the_rate_limit_says_nothing_about_another_failure(
        [Values(408, 409, 500, 502, 503, 504, 529)] int status, [Values("0", "1.5", "120")] string reset)
    {
        var time = new InstantTime();
        await using var server = RawServer.Answering(Answers.Empty(status, $"x-ratelimit-reset: {reset}\r\n"));
        using var client = Clients.For(server, With(time, retries: 1));

        var exception = await Failures.Of<TogetherAIException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Attempts, Is.EqualTo(2));
            Assert.That(exception.RetryAfter, Is.Null);
            Assert.That(time.Waits.Single(), Is.LessThan(TimeSpan.FromSeconds(1.5)).And.GreaterThan(TimeSpan.Zero));
        }
    }

    [Test]
    public async Task Retry_after_of_zero_is_the_word_of_the_server_and_the_reset_is_not_asked()
    {
        var time = new InstantTime();
        await using var server = RawServer.Answering(Answers.Empty(429, "Retry-After: 0\r\nx-ratelimit-reset: 120\r\n"));
        using var client = Clients.For(server, With(time, retries: 1));

        var exception = await Failures.Of<TogetherAIRateLimitException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Attempts, Is.EqualTo(2));
            Assert.That(exception.RetryAfter, Is.EqualTo(TimeSpan.Zero));
        }
    }

    [Test]
    public async Task Wait_as_a_date_is_measured_from_now_in_any_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," }, DateTimeFormat = { DateSeparator = "!" } };
        try
        {
            var time = new InstantTime();
            var date = time.GetUtcNow().AddSeconds(20).ToString("R", CultureInfo.InvariantCulture);
            await using var server = RawServer.Answering(Answers.Empty(503, $"Retry-After: {date}\r\n"), Answers.Empty(503, "Retry-After: 1.5\r\n"), Answers.Run);
            using var client = Clients.For(server, With(time, retries: 2));

            await client.RunAsync(Clients.Request);

            Assert.That(time.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1.5) }));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [TestCase(400, "true", 2)]
    [TestCase(503, "false", 1)]
    [TestCase(503, "TRUE", 2)]
    [TestCase(503, "perhaps", 2)]
    [TestCase(400, "perhaps", 1)]
    public async Task Server_that_says_whether_to_try_again_is_obeyed(int status, string header, int requests)
    {
        await using var server = RawServer.Answering(Answers.Empty(status, $"x-should-retry: {header}\r\n"));
        using var client = Clients.For(server, With(new InstantTime(), retries: 1));

        await Assert.ThatAsync(() => client.RunAsync(Clients.Request), Throws.InstanceOf<TogetherAIException>().With.Property("Attempts").EqualTo(requests));
        Assert.That(server.Requests, Has.Count.EqualTo(requests));
    }

    [Test]
    public async Task Success_is_not_tried_again_whatever_the_server_says()
    {
        await using var server = RawServer.Answering(Answers.Empty(503), Answers.Of(200, Answers.RunBody, headers: "x-should-retry: true\r\n"));
        using var client = Clients.For(server, With(new InstantTime(), retries: 5));

        await client.RunAsync(Clients.Request);

        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [TestCase("")]
    [TestCase("Retry-After: 0\r\n")]
    [TestCase("Retry-After: -5\r\n")]
    [TestCase("Retry-After: nonsense\r\n")]
    [TestCase("Retry-After: NaN\r\n")]
    [TestCase("Retry-After: Wed, 01 Jan 1997 00:00:00 GMT\r\n")]
    public async Task Wait_without_a_word_from_the_server_grows_and_differs_but_is_bounded(string headers)
    {
        var time = new InstantTime();
        await using var server = RawServer.Answering(Answers.Empty(503, headers));
        using var client = Clients.For(server, With(time, retries: 8));

        await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));
        var waits = time.Waits;
        await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(waits, Has.Count.EqualTo(8));
            Assert.That(time.Waits.Skip(8), Is.Not.EqualTo(waits), "Callers that failed at the same time must not come back at the same time.");
            Assert.That(time.Waits, Is.All.GreaterThan(TimeSpan.Zero).And.All.LessThanOrEqualTo(TimeSpan.FromSeconds(8)));
            Assert.That(waits.Take(4).Max(), Is.LessThan(waits.Skip(4).Max()));
        }
    }

    [TestCase("Retry-After: 61\r\n", 61)]
    [TestCase("Retry-After: 410400\r\n", 410400)]
    [TestCase("x-ratelimit-reset: 1e300\r\n", null)]
    [TestCase("Retry-After: 99999999999999999999\r\n", null)]
    public async Task Wait_beyond_a_minute_fails_at_once_with_the_wait_on_the_exception(string headers, double? seconds)
    {
        var time = new InstantTime();
        await using var server = RawServer.Answering(Answers.Empty(429, headers), Answers.Run);
        using var client = Clients.For(server, With(time, retries: 3));

        var exception = await Failures.Of<TogetherAIRateLimitException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.RetryAfter, Is.EqualTo(seconds is { } value ? TimeSpan.FromSeconds(value) : TimeSpan.MaxValue));
            Assert.That(exception.Attempts, Is.EqualTo(1));
            Assert.That(time.Waits, Is.Empty);
        }
    }

    [TestCase(50, 3)]
    [TestCase(40, 2, Description = "Then exactly the wait is left.")]
    public async Task Wait_longer_than_what_is_left_of_Timeout_fails_at_once_with_the_answer(int timeout, int attempts)
    {
        var time = new InstantTime();
        await using var server = RawServer.Answering(Answers.Empty(503, "Retry-After: 20\r\n"));
        using var client = Clients.For(server, options =>
        {
            With(time, retries: 5)(options);
            options.Timeout = TimeSpan.FromSeconds(timeout);
        });

        var exception = await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Attempts, Is.EqualTo(attempts));
            Assert.That(exception.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(20)));
        }
    }

    [Test]
    public async Task Connection_that_breaks_before_an_answer_is_tried_again([Values] bool reset)
    {
        var count = 0;
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            if (Interlocked.Increment(ref count) < 3)
            {
                if (reset)
                {
                    connection.Reset();
                }

                connection.Dispose();
                return;
            }

            await connection.SendAsync(Answers.Run, stop);
        });
        using var client = Clients.For(server, With(new InstantTime(), retries: 2));
        TogetherAIResponseInfo? info = null;

        await client.RunAsync(Clients.Request, new TogetherAIRequestOptions { ResponseReceived = received => info = received });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Requests, Has.Count.EqualTo(3));
            Assert.That(info!.Attempts, Is.EqualTo(3));
        }
    }

    [Test]
    public async Task Answer_that_breaks_off_inside_its_headers_is_tried_again()
    {
        var count = 0;
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync(Interlocked.Increment(ref count) == 1 ? "HTTP/1.1 200 OK\r\nContent-" : Answers.Run, stop);
            connection.Dispose();
        });
        using var client = Clients.For(server, With(new InstantTime(), retries: 1));

        await client.RunAsync(Clients.Request);

        Assert.That(count, Is.EqualTo(2));
    }

    [Test]
    public async Task Refused_response_is_closed_before_the_next_attempt()
    {
        using var refused = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StreamContent(new MemoryStream(new byte[100_000])) };
        var body = await refused.Content.ReadAsStreamAsync();
        var wasOpen = new List<bool>();
        using var httpClient = new HttpClient(new AnsweringHandler(attempt =>
        {
            wasOpen.Add(body.CanRead);
            return attempt == 0 ? refused : new HttpResponseMessage { Content = new StringContent(Answers.RunBody, null, "application/json") };
        }));
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(new Uri("http://localhost/"), With(new InstantTime(), retries: 1)));

        await client.RunAsync(Clients.Request);

        Assert.That(wasOpen, Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public async Task Retry_carries_the_same_headers_and_key()
    {
        await using var server = RawServer.Answering(Answers.Empty(503), Answers.Run);
        using var client = Clients.For(server, With(new InstantTime(), retries: 1));

        await client.RunAsync(Clients.Request, new TogetherAIRequestOptions { ApiKey = "key-of-this-call", Headers = { ["X-Trace"] = "7" } });

        Assert.That(
            server.Requests.Select(request => (request.Header("Authorization"), request.Header("X-Trace"))),
            Is.EqualTo(new[] { ("Bearer key-of-this-call", "7"), ("Bearer key-of-this-call", "7") }));
    }

    [Test]
    public async Task Refused_connection_is_tried_again_and_counted()
    {
        var time = new InstantTime();
        using var client = new TogetherAIInferenceClient(Clients.Options(new Uri($"http://localhost:{ConnectionTests.ClosedPort()}/"), With(time, retries: 2)));

        var exception = await Failures.Of<TogetherAIConnectionException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Attempts, Is.EqualTo(3));
            Assert.That(time.Waits, Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task ResponseReceived_is_called_once_and_only_for_the_answer_with_success()
    {
        await using var server = RawServer.Answering(Answers.Empty(503), Answers.Run, Answers.Empty(400));
        using var client = Clients.For(server, With(new InstantTime(), retries: 1));
        var statuses = new List<HttpStatusCode>();
        var options = new TogetherAIRequestOptions { ResponseReceived = info => statuses.Add(info.StatusCode) };

        await client.RunAsync(Clients.Request, options);
        await Failures.Of<TogetherAIInvalidRequestException>(() => client.RunAsync(Clients.Request, options));

        Assert.That(statuses, Is.EqualTo(new[] { HttpStatusCode.OK }));
    }

    private static Action<TogetherAIOptions> With(TimeProvider time, int retries) => options =>
    {
        options.TimeProvider = time;
        options.MaxRetries = retries;
    };

    [Test]
    public async Task Each_retry_is_told_before_it_is_made([Values] Way way, CancellationToken cancellationToken)
    {
        var attempt = 0;
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            if (attempt++ == 0)
            {
                connection.Reset();
                return;
            }

            await connection.SendAsync(Answers.Empty(attempt == 2 ? 429 : 401, "Retry-After: 3\r\n"), stop);
        });
        using var client = new TogetherAIClient(Clients.Options(server.Url, static options =>
        {
            options.MaxRetries = 5;
            options.TimeProvider = new InstantTime();
        }));
        var told = new List<TogetherAIRetryInfo>();

        // A recording is made anew by each attempt, but costs nothing else: it is retried as the others are.
        await Failures.Of<TogetherAIAuthenticationException>(() => client.CompleteAsync(way, new TogetherAIRequestOptions { Retrying = told.Add }, cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told.Select(static retry => retry.Attempts), Is.EqualTo(new[] { 1, 2 }));
            Assert.That(told.Select(static retry => (int?)retry.StatusCode), Is.EqualTo(new int?[] { null, 429 }));
            Assert.That(told[0].Failure, Is.Not.Null);
            Assert.That(told[1].Delay, Is.EqualTo(TimeSpan.FromSeconds(3)));
        }
    }

    [Test]
    public async Task Exception_of_what_is_told_of_a_retry_ends_the_call(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Empty(503), Answers.Run);
        using var client = Clients.For(server, static options => options.MaxRetries = 1);

        var exception = await Failures.Of<InvalidOperationException>(() => client.RunAsync(Clients.Request, new TogetherAIRequestOptions { Retrying = static _ => throw new InvalidOperationException("Enough.") }, cancellationToken));

        Assert.That(exception.Message, Is.EqualTo("Enough."));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    private sealed class AnsweringHandler(Func<int, HttpResponseMessage> answer) : HttpMessageHandler
    {
        private int _attempts;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => Task.FromResult(answer(_attempts++));
    }
}
