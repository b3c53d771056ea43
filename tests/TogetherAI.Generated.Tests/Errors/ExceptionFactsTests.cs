using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Errors;

/// <summary>What exceptions tell beside their message: whether another attempt may help, and the headers of the response.</summary>
[CancelAfter(30_000)]
public sealed class ExceptionFactsTests
{
    [TestCase(400, "{}", false)]
    [TestCase(401, "{}", false)]
    [TestCase(404, "{}", false)]
    [TestCase(408, "{}", true)]
    [TestCase(429, "{}", true)]
    [TestCase(500, "{}", true)]
    [TestCase(503, "{}", true)]
    [TestCase(524, "{}", true)]
    [TestCase(503, "{\"error\":{\"code\":\"model_not_available\",\"message\":\"Not here.\"}}", false)]
    [TestCase(200, "{\"error\":{\"code\":503,\"message\":\"Busy.\"}}", true)]
    [TestCase(200, "{\"error\":{\"type\":\"overloaded_error\",\"message\":\"Busy.\"}}", true)]
    [TestCase(200, "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"No.\"}}", false)]
    public async Task Failure_of_a_status_is_transient_where_a_later_call_may_succeed(int status, string body, bool isTransient)
    {
        await using var server = RawServer.Answering(Answers.Of(status, body));
        using var client = Clients.For(server, options => options.MaxRetries = 0);

        var exception = await Assert.CatchAsync<TogetherAIException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception!.IsTransient, Is.EqualTo(isTransient));
    }

    [TestCase("{\"choices\":[{\"text\":\"a\"}]}", true)]
    [TestCase("{\"error\":{\"type\":\"server_error\",\"message\":\"Broken.\"}}", true)]
    [TestCase("{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"No.\"}}", false)]
    [TestCase("{\"choices\":7}", false)]
    public async Task Failure_of_a_stream_is_transient_where_it_was_cut_short_or_the_server_failed(string chunk, bool isTransient)
    {
        await using var server = RawServer.Streaming($"data: {chunk}\n\n");
        using var client = Clients.For(server);

        var exception = await Assert.CatchAsync<TogetherAIStreamException>(async () =>
        {
            await foreach (var _ in client.StreamTokensAsync(Clients.Request))
            {
            }
        });

        Assert.That(exception!.IsTransient, Is.EqualTo(isTransient));
    }

    [Test]
    public async Task Connection_that_is_refused_is_transient()
    {
        using var client = new TogetherAIInferenceClient(Clients.Options(new Uri("http://localhost:1/"), options => options.MaxRetries = 0));

        var exception = await Assert.CatchAsync<TogetherAIConnectionException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception!.IsTransient, Is.True);
        Assert.That(exception.Headers, Is.Empty);
    }

    private static readonly string[] SafeHeaders =
    [
        "Retry-After: 7", "retry-after-ms: 7000", "X-RateLimit-Remaining: 0", "x-ratelimit-reset: 7", "RateLimit-Policy: 60;w=60", "x-tokenlimit-remaining: 1",
        "x-request-id: r-1", "CF-Ray: c-1", "Server-Timing: db;dur=53", "Server: cloudflare", "Date: Sat, 28 Nov 2026 10:00:00 GMT", "traceparent: 00-a-b-01",
        "x-together-traceid: t-1", "x-api-received: 1", "x-inference-version: v2", "x-cluster: c", "Content-Language: en",
    ];

    private static readonly string[] OtherHeaders =
    [
        "Set-Cookie: sid=1", "WWW-Authenticate: Bearer", "Location: https://storage.example/f?sig=s", "X-Api-Key: other-key", "X-Account: a-1", "Authorization: Bearer b",
    ];

    [Test]
    public async Task Exception_has_the_headers_that_are_safe_to_log_and_no_others([ValueSource(typeof(Calls), nameof(Calls.All))] Call call, CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(404, "{}", headers: string.Join("\r\n", [.. SafeHeaders, .. OtherHeaders, ""])));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAINotFoundException>(() => client.CompleteAsync(call, cancellationToken: cancellationToken));

        Assert.That(
            exception.Headers.Select(static header => $"{header.Key}: {header.Value}"),
            Is.EquivalentTo([.. SafeHeaders, "Content-Type: application/json", "Content-Length: 2"]).IgnoreCase);
    }

    [Test]
    public async Task Headers_of_a_failed_response_are_joined_and_masked()
    {
        await using var server = RawServer.Answering(Answers.Of(404, "{}", headers: $"X-Served-By: a\r\nX-Served-By: b\r\nVia: 1.1 {Clients.Key}\r\n"));
        using var client = Clients.For(server);

        var exception = await Assert.CatchAsync<TogetherAINotFoundException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception!.Headers["x-served-by"], Is.EqualTo("a, b"));
            Assert.That(exception.Headers["Via"], Is.EqualTo("1.1 ***"));
            Assert.That(exception.Headers["content-type"], Does.StartWith("application/json"));
        }
    }

    [Test]
    public async Task Headers_of_a_failed_stream_are_those_of_its_response()
    {
        await using var server = RawServer.Answering(Answers.Of(200, Frames.Text("a"), "text/event-stream", "x-request-id: r-1\r\nX-Account: a-1\r\n"));
        using var client = Clients.For(server);

        var exception = await Assert.CatchAsync<TogetherAIStreamException>(() => client.CompleteAsync(Call.StreamTokens));

        Assert.That(exception!.Headers["X-Request-Id"], Is.EqualTo("r-1"));
        Assert.That(exception.Headers.Keys, Has.None.EqualTo("X-Account"));
    }

    [Test]
    public async Task Headers_of_a_response_with_success_are_told_without_credentials()
    {
        await using var server = RawServer.Answering(Answers.Of(200, Answers.RunBody, headers: $"X-Account: a-1\r\nX-Echo: {Clients.Key}\r\nSet-Cookie: sid=1\r\nWWW-Authenticate: Bearer\r\n"));
        using var client = Clients.For(server);
        var capture = new TogetherAICallCapture();

        await client.RunAsync(Clients.Request, new TogetherAIRequestOptions { Capture = capture });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(capture.Response!.Headers["x-account"], Is.EqualTo("a-1"));
            Assert.That(capture.Response.Headers["X-Echo"], Is.EqualTo("***"));
            Assert.That(capture.Response.Headers.Keys, Has.None.EqualTo("Set-Cookie").And.None.EqualTo("WWW-Authenticate"));
        }
    }

    [Test]
    public async Task Headers_of_a_stream_are_told_before_its_first_byte()
    {
        await using var server = RawServer.StreamingThenSilent();
        using var client = Clients.For(server);
        TogetherAIResponseInfo? told = null;

        using var stream = await client.StreamBytesAsync(Clients.Request, new TogetherAIRequestOptions { ResponseReceived = info => told = info });

        Assert.That(told!.Headers["Content-Type"], Does.StartWith("text/event-stream"));
    }

    [TestCaseSource(nameof(Types))]
    public void Exception_has_the_three_usual_constructors(Type type)
    {
        var cause = new IOException("cause");

        var plain = (Exception)Activator.CreateInstance(type)!;
        var told = (Exception)Activator.CreateInstance(type, "What went wrong.")!;
        var caused = (Exception)Activator.CreateInstance(type, "What went wrong.", cause)!;

        Assert.That(plain.Message, Does.EndWith("."));
        Assert.That(told.Message, Is.EqualTo("What went wrong."));
        Assert.That(caused.InnerException, Is.SameAs(cause));
    }

    private static IEnumerable<Type> Types() => typeof(TogetherAIException).Assembly.GetExportedTypes().Where(static type => typeof(Exception).IsAssignableFrom(type));
}
