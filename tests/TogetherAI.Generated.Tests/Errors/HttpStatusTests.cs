using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Errors;

/// <summary>Answers with an error status: which exception they become, and what it tells.</summary>
[CancelAfter(30_000)]
public sealed class HttpStatusTests
{
    [TestCase(400, typeof(TogetherAIInvalidRequestException))]
    [TestCase(401, typeof(TogetherAIAuthenticationException))]
    [TestCase(402, typeof(TogetherAIBillingException))]
    [TestCase(403, typeof(TogetherAIPermissionException))]
    [TestCase(404, typeof(TogetherAINotFoundException))]
    [TestCase(405, typeof(TogetherAIException))]
    [TestCase(408, typeof(TogetherAIException))]
    [TestCase(409, typeof(TogetherAIException))]
    [TestCase(413, typeof(TogetherAIInvalidRequestException))]
    [TestCase(415, typeof(TogetherAIInvalidRequestException))]
    [TestCase(422, typeof(TogetherAIInvalidRequestException))]
    [TestCase(429, typeof(TogetherAIRateLimitException))]
    [TestCase(500, typeof(TogetherAIServerException))]
    [TestCase(502, typeof(TogetherAIServerException))]
    [TestCase(503, typeof(TogetherAIServerException))]
    [TestCase(504, typeof(TogetherAIServerException))]
    [TestCase(520, typeof(TogetherAIServerException))]
    [TestCase(521, typeof(TogetherAIServerException))]
    [TestCase(524, typeof(TogetherAIServerException))]
    [TestCase(529, typeof(TogetherAIServerException))]
    public async Task Status_becomes_its_exception_with_all_that_the_server_said(int status, Type type)
    {
        const string Body = """{"id":"req-body","error":{"message":"This is why.","type":"some_type","param":"max_tokens","code":"some_code"}}""";
        await using var server = RawServer.Answering(Answers.Of(status, Body, headers: "x-request-id: req-7\r\nRetry-After: 2.5\r\n"));
        using var client = Clients.For(server);

        foreach (var call in Calls.All)
        {
            var exception = await Failures.Of<TogetherAIException>(() => client.CompleteAsync(call));

            using (Assert.EnterMultipleScope())
            {
                Assert.That(exception, Is.TypeOf(type));
                Assert.That(exception.StatusCode, Is.EqualTo((HttpStatusCode)status));
                Assert.That(exception.ServerMessage, Is.EqualTo("This is why."));
                Assert.That(exception.ErrorType, Is.EqualTo("some_type"));
                Assert.That(exception.ErrorCode, Is.EqualTo("some_code"));
                Assert.That(exception.Parameter, Is.EqualTo("max_tokens"));
                Assert.That(exception.RequestId, Is.EqualTo("req-7"));
                Assert.That(exception.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(2.5)));
                Assert.That(exception.ResponseBody, Is.EqualTo(Body));
                Assert.That(exception.IsResponseBodyTruncated, Is.False);
                Assert.That(exception.Attempts, Is.EqualTo(1));
                Assert.That(exception.Message, Does.Contain("This is why.").And.Contain(status.ToString(CultureInfo.InvariantCulture)).And.Contain("req-7").And.Not.Contain("\n"));
                Assert.That(exception.Message, Does.Contain("\"max_tokens\"").And.Not.Contain("{"));
            }
        }
    }

    [TestCaseSource(nameof(Shapes))]
    public async Task Error_body_of_any_shape_gives_its_message(string body, string? message, string? type, string? code)
    {
        await using var server = RawServer.Answering(Answers.Of(400, body));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIInvalidRequestException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.ServerMessage, Is.EqualTo(message));
            Assert.That(exception.ErrorType, Is.EqualTo(type));
            Assert.That(exception.ErrorCode, Is.EqualTo(code));
            Assert.That(exception.ResponseBody, Is.EqualTo(body));
            Assert.That(exception.Message, message is null ? Does.Contain("400") : Does.Contain(message));
        }
    }

    [TestCase("error code: 521", "text/plain", "error code: 521")]
    [TestCase("line one\r\nline two", "text/plain; charset=utf-8", "line one line two")]
    [TestCase("not a type at all", "", "not a type at all")]
    [TestCase("no json", "application/json", "no json")]
    public async Task Plain_text_body_becomes_part_of_the_message(string body, string contentType, string expected)
    {
        await using var server = RawServer.Answering(Answers.Of(521, body, contentType));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Message, Does.Contain(expected));
            Assert.That(exception.ResponseBody, Is.EqualTo(body));
            Assert.That(exception.ServerMessage, Is.Null);
        }
    }

    [Test]
    public async Task Page_of_html_is_kept_but_does_not_fill_the_message()
    {
        const string Page = "<!DOCTYPE html><html><body>Bad gateway</body></html>";
        await using var server = RawServer.Answering(Answers.Of(502, Page, "text/html"));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Message, Does.Contain("502").And.Not.Contain("<"));
            Assert.That(exception.ResponseBody, Is.EqualTo(Page));
        }
    }

    [Test]
    public async Task Empty_body_leaves_the_status()
    {
        await using var server = RawServer.Answering(Answers.Empty(503));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.ResponseBody, Is.Null);
            Assert.That(exception.Message, Does.Contain("503").And.Contain("capacity"));
        }
    }

    [TestCase("iso-8859-1", "Zu groß für das Modell")]
    [TestCase("\"utf-16\"", "Zu groß für das Modell")]
    [TestCase("utf-8", "日本")]
    [TestCase("no-such-charset", "日本")]
    [TestCase("utf-7", "日本")]
    public async Task Body_in_another_charset_is_read_as_it_says(string charset, string text)
    {
        var name = charset.Trim('"');
        var encoding = name is "iso-8859-1" or "utf-16" ? Encoding.GetEncoding(name) : Encoding.UTF8;
        byte[] body = encoding.GetBytes($$"""{"error":"{{text}}"}""");
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync($"HTTP/1.1 400 Status\r\nContent-Type: application/json; charset={charset}\r\nContent-Length: {body.Length}\r\n\r\n", stop);
            await connection.SendAsync(body, stop);
        });
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIInvalidRequestException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception.ServerMessage, Is.EqualTo(text));
    }

    [Test]
    public async Task Body_larger_than_the_kept_limit_is_cut_and_its_beginning_still_read()
    {
        var body = $$"""{"error":{"message":"too long"},"echo":"{{new string('x', 200_000)}}"}""";
        await using var server = RawServer.Answering(Answers.Of(422, body));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIInvalidRequestException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.ServerMessage, Is.EqualTo("too long"));
            Assert.That(exception.IsResponseBodyTruncated, Is.True);
            Assert.That(exception.ResponseBody, Is.EqualTo(body[..65536]));
            Assert.That(exception.Message, Has.Length.LessThan(600));
        }
    }

    [Test]
    public async Task Body_that_breaks_off_keeps_what_came()
    {
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync("HTTP/1.1 500 Status\r\nContent-Length: 1000\r\n\r\n{\"error\":\"it broke\"", stop);
            connection.Dispose();
        });
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.ServerMessage, Is.EqualTo("it broke"));
            Assert.That(exception.IsResponseBodyTruncated, Is.True);
        }
    }

    [Test]
    public async Task Body_that_never_stops_is_bounded_in_bytes(CancellationToken cancellationToken)
    {
        var sent = new TaskCompletionSource<long>();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync("HTTP/1.1 500 Status\r\nConnection: close\r\n\r\n", stop);
            await FloodAsync(connection, sent, stop);
        });
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request, cancellationToken: cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.IsResponseBodyTruncated, Is.True);
            Assert.That(exception.ResponseBody, Has.Length.EqualTo(65536));
            Assert.That(await sent.Task.WaitAsync(cancellationToken), Is.LessThan(64L * 1024 * 1024), "the client left the server in the middle of it");
        }
    }

    [Test]
    public async Task Body_that_falls_silent_is_bounded_in_time_and_the_status_still_told(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync("HTTP/1.1 401 Status\r\nContent-Length: 1000\r\n\r\n{\"error\":\"wrong key", stop);
            await connection.WaitForCloseAsync(stop);
        });
        using var client = Clients.For(server, options =>
        {
            options.TimeProvider = time;
            options.Timeout = Timeout.InfiniteTimeSpan;
        });

        var call = client.RunAsync(Clients.Request, cancellationToken: cancellationToken);
        await time.AdvanceUntilAsync(call, TimeSpan.FromSeconds(1), cancellationToken);

        var exception = await Failures.Of<TogetherAIAuthenticationException>(() => call);
        Assert.That(exception.ResponseBody, Does.Contain("wrong key"));
    }

    [Test]
    public async Task Control_characters_of_the_server_stay_out_of_the_message()
    {
        await using var server = RawServer.Answering(Answers.Of(400, """{"error":"a\u0000b\u001b[31mc\r\nd\u202ee\u2028f"}"""));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIInvalidRequestException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception.Message, Does.Contain("a b [31mc d e f."));
    }

    [Test]
    public async Task Tags_that_nobody_sees_stay_out_of_the_message()
    {
        await using var server = RawServer.Answering(Answers.Of(400, "{\"error\":\"a\udb40\udc01\udb40\udc41b \ud83d\ude00\udb40\udc10\ud83d\\ud83d\"}"));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIInvalidRequestException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception.Message, Does.Contain("a b \ud83d\ude00 ").And.Not.Contain("\udb40"));
    }

    private static IEnumerable<object?[]> Shapes()
    {
        yield return ["""{"error":{"message":"m","type":"t","param":null,"code":null}}""", "m", "t", null];
        yield return ["""{"error":{"message":{"object":"error","message":"inner","type":"BadRequestError","param":null,"code":400}}}""", "inner", "BadRequestError", "400"];
        yield return ["""{"error":{"message":"Unauthorized"}}""", "Unauthorized", null, null];
        yield return ["""{"error":"text"}""", "text", null, null];
        yield return ["""{"error":"text","error_type":"kind"}""", "text", "kind", null];
        yield return ["""{"error":{"message":"m","error_type":"inside"}}""", "m", "inside", null];
        yield return ["""{"error":{"message":"m","type":"rate_limit"},"error_type":"dynamic_token_limited"}""", "m", "dynamic_token_limited", null];
        yield return ["""{"message":"only a message"}""", "only a message", null, null];
        yield return ["""{"Message":"in other case","Code":"c"}""", "in other case", null, "c"];
        yield return ["""{"type":"t","message":"flat","code":"c","param":"p"}""", "flat", "t", "c"];
        yield return ["""{"detail":"Not Found"}""", "Not Found", null, null];
        yield return ["""{"detail":[{"loc":["body","model"],"msg":"field required"}]}""", """[{"loc":["body","model"],"msg":"field required"}]""", null, null];
        yield return ["""{"error":{"error":"text","request_id":"r"}}""", "text", null, null];
        yield return ["""[{"error":{"message":"in an array","code":429}}]""", "in an array", null, "429"];
        yield return ["""{"error":{"message":"m","code":1e400}}""", "m", null, "Infinity"];
        yield return ["""{"type":"https://example.com/too-long","title":"Too long.","status":400,"detail":"5 of 4 tokens.","instance":"/1","code":"c"}""", "Too long: 5 of 4 tokens.", "https://example.com/too-long", "c"];
        yield return ["""{"type":"about:blank","title":"Bad Request","status":400}""", "Bad Request", null, null];
        yield return ["""{"title":"Bad Request","detail":"Bad Request: no model."}""", "Bad Request: no model.", null, null];
        yield return ["""{"title":"Not valid.","errors":{"model":["It is required."]}}""", """Not valid: {"model":["It is required."]}""", null, null];
        yield return ["""{"errors":[{"message":"first"}]}""", """[{"message":"first"}]""", null, null];
        yield return ["""{"object":"error","message":"m","code":40001}""", "m", null, "40001"];
        yield return ["""{"unrelated":1}""", null, null, null];
        yield return ["""{"error":null}""", null, null, null];
        yield return ["""{"error":{"message":"twice"},"error":{"message":"the last one"}}""", "the last one", null, null];
    }

    private static async Task FloodAsync(RawConnection connection, TaskCompletionSource<long> sent, CancellationToken stop)
    {
        var block = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));
        try
        {
            while (connection.BytesSent < 512L * 1024 * 1024)
            {
                await connection.SendAsync(block, stop);
            }
        }
        catch (IOException)
        {
            // The client has left.
        }

        sent.SetResult(connection.BytesSent);
    }
}
