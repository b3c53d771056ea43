using System.Net;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Errors;

/// <summary>Failures of a run that hide behind a status of success.</summary>
[CancelAfter(30_000)]
public sealed class InBandFailureTests
{
    [TestCase("""{"output":{"error":"no instance","choices":null}}""", "no instance")]
    [TestCase("""{"output":{"error":{"message":"no instance","type":"t"}}}""", "no instance")]
    [TestCase("""{"output":{"result_type":"error","value":"worker died"}}""", "worker died")]
    [TestCase("""{"output":{"result_type":"error","value":{"message":"worker died"}}}""", "worker died")]
    [TestCase("""{"output":{"result_type":"error"}}""", "The model failed and gave no reason.")]
    [TestCase("""{"error":"Returned error: no instance"}""", "Returned error: no instance")]
    [TestCase("""{"error":{"message":"no instance"},"output":null}""", "no instance")]
    [TestCase("""{"error":{"message":"no instance"},"output":{"choices":[{"text":"half"}]}}""", "no instance")]
    [TestCase("\ufeff{\"error\":\"behind a mark\"}", "behind a mark")]
    public async Task Run_that_reports_a_failure_throws_what_it_says(string body, string message)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body, headers: "x-request-id: req-9\r\n"));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(exception.ServerMessage, Is.EqualTo(message));
            Assert.That(exception.Message, Does.Contain(message));
            Assert.That(exception.RequestId, Is.EqualTo("req-9"));
            Assert.That(exception.ResponseBody, Is.EqualTo(body.TrimStart('\ufeff')));
        }
    }

    [Test]
    public async Task Success_that_says_it_failed_throws_what_it_says(
        [ValueSource(nameof(Reports))] string body,
        [Values("application/json", "text/plain", "text/plain; charset=utf-8", "text/json", "application/problem+json", "application/vnd.api+json", "")] string contentType,
        [ValueSource(typeof(Ways), nameof(Ways.All))] Way way)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body, contentType));
        using var client = new TogetherAIClient(Clients.Options(server.Url));

        if (way == Way.Bytes)
        {
            // The bytes of a stream are passed on as they come.
            return;
        }

        var exception = await Failures.Of<TogetherAIException>(() => client.CompleteAsync(way));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception, way is Way.Objects or Way.Texts
                ? Is.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.ServerError)
                : Is.TypeOf<TogetherAIServerException>());
            Assert.That(exception.ServerMessage, Does.Contain("no instance"));
            Assert.That(exception.Message, Does.Contain("no instance"));
            Assert.That(exception.ResponseBody, Is.EqualTo(body));
        }
    }

    [TestCase("""{"status":"error"}""")]
    [TestCase("{}")]
    public async Task Problem_without_words_is_no_response_of_which_every_field_may_be_missing(string body)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body, "application/problem+json"));
        using var client = new TogetherAIClient(Clients.Options(server.Url));

        var exception = await Failures.Of<TogetherAIServerException>(
            () => client.Models.UploadAsync(new ModelUploadRequest { ModelName = "m", ModelSource = "org/m" }));

        Assert.That((exception.ServerMessage, exception.ResponseBody), Is.EqualTo(((string?)null, body)));
    }

    [TestCase("""{"detail":"no instance"}""", "no instance")]
    [TestCase("""{"object":"error","message":"no instance","data":null}""", "no instance")]
    [TestCase("""{"object":"error","message":"no instance","id":"1"}""", "no instance")]
    [TestCase("""{"error":{"message":"no instance"},"data":{}}""", "no instance")]
    public async Task Failure_is_no_response_of_which_every_field_may_be_missing(string body, string message)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body));
        using var client = new TogetherAIClient(Clients.Options(server.Url));

        var exception = await Failures.Of<TogetherAIServerException>(
            () => client.Models.UploadAsync(new ModelUploadRequest { ModelName = "m", ModelSource = "org/m" }));

        Assert.That(exception.ServerMessage, Is.EqualTo(message));
    }

    [TestCase("""{"data":{"job_id":"1"},"message":"Processing.","detail":"more"}""")]
    [TestCase("""{"message":"Processing."}""")]
    [TestCase("""{"data":{"job_id":"1"},"title":"t","object":"job"}""")]
    [TestCase("{}")]
    public async Task Response_that_has_fields_of_its_own_beside_words_of_failures_is_a_success(string body)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body));
        using var client = new TogetherAIClient(Clients.Options(server.Url));

        var response = await client.Models.UploadAsync(new ModelUploadRequest { ModelName = "m", ModelSource = "org/m" });

        Assert.That(response.Message, body.Contains("Processing", StringComparison.Ordinal) ? Is.EqualTo("Processing.") : Is.Null);
    }

    [TestCase("""{"message":{"role":"assistant","content":"Hi"},"done":true}""")]
    [TestCase("""{"detail":null,"message":""}""")]
    [TestCase("""{"title":"no failure"}""")]
    public async Task Response_of_another_service_is_not_taken_for_a_failure(string body)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body));
        using var client = Clients.For(server);

        await Failures.Of<TogetherAIInvalidResponseException>(() => client.RunAsync(Clients.Request));
    }

    [Test]
    public async Task Run_that_reports_a_failure_in_two_fields_tells_both()
    {
        await using var server = RawServer.Answering(Answers.Of(200, """{"error":"m","error_type":"kind","output":{}}"""));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception.ErrorType, Is.EqualTo("kind"));
    }

    [Test]
    public async Task Run_that_reports_a_failure_in_a_large_body_still_says_it()
    {
        await using var server = RawServer.Answering(Answers.Of(200, $$"""{"echo":"{{new string('x', 100_000)}}","error":"at the end"}"""));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.ServerMessage, Is.EqualTo("at the end"));
            Assert.That(exception.IsResponseBodyTruncated, Is.True);
        }
    }

    [TestCase("""{"error":null,"output":{"error":null,"choices":[{"text":" 4"}]}}""")]
    [TestCase("""{"error":"","output":{"error":false,"choices":[{"text":" 4"}]}}""")]
    public async Task Run_with_fields_for_errors_that_say_none_is_a_success(string body)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body));
        using var client = Clients.For(server);

        var response = await client.RunAsync(Clients.Request);

        Assert.That(response.Output.Choices!.Single().Text, Is.EqualTo(" 4"));
    }

    [TestCase("", "empty")]
    [TestCase("null", "cannot be read")]
    [TestCase("{}", "output")]
    [TestCase("[]", "cannot be read")]
    [TestCase("<html>", "text/odd")]
    [TestCase("{\"output\":{\"choices\":[{\"text\":\"cut", "cannot be read")]
    [TestCase("{\"output\":{}} and more", "cannot be read")]
    [TestCase("{\"output\":{\"choices\":7}}", "cannot be read")]
    public async Task Run_answer_that_is_not_the_documented_one_is_reported_with_its_text(string body, string expected)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body, "text/odd"));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIInvalidResponseException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Message, Does.Contain(expected).And.Not.Contain("\n"));
            Assert.That(exception.ResponseBody, Is.EqualTo(body));
            Assert.That(exception.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task Run_answer_larger_than_the_HttpClient_allows_is_refused()
    {
        await using var server = RawServer.Answering(Answers.Of(200, new string(' ', 2000) + Answers.RunBody));
        using var httpClient = new HttpClient { MaxResponseContentBufferSize = 1000 };
        using var client = Clients.For(server, httpClient);

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request),
            Throws.TypeOf<TogetherAIResponseTooLargeException>()
                .With.Property("Limit").EqualTo(1000)
                .And.Message.Contains("1000 bytes (MaxResponseContentBufferSize"));
    }

    [Test]
    public async Task Run_connection_that_breaks_inside_the_answer_is_a_connection_failure([Values] bool reset)
    {
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"output\":", stop);
            if (reset)
            {
                connection.Reset();
            }

            connection.Dispose();
        });
        using var client = Clients.For(server, options => options.MaxRetries = 2);

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request),
            Throws.TypeOf<TogetherAIConnectionException>().With.Property("Attempts").EqualTo(1).And.Property("StatusCode").EqualTo(HttpStatusCode.OK));
        Assert.That(server.Requests, Has.Count.EqualTo(1), "not again once the answer has begun");
    }

    private static IEnumerable<string> Reports() =>
    [
        """{"error":"no instance"}""",
        """{"error":{"message":"no instance","type":"t"}}""",
        """{"object":"error","message":"no instance","type":"t","code":40001}""",
        """{"detail":"no instance"}""",
        """{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"no instance"}""",
        """[{"error":{"message":"no instance"}}]""",
    ];
}
