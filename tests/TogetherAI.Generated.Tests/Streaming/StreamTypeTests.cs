using System.Text;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>Answers to a streaming call that are no event streams, whatever their headers say.</summary>
[CancelAfter(30_000)]
public sealed class StreamTypeTests
{
    [TestCase("application/json", "{\"output\":{\"choices\":[{\"text\":\"whole\"}]}}", TogetherAIStreamFailure.NotAnEventStream)]
    [TestCase("application/json", "{\"error\":{\"message\":\"it broke\"}}", TogetherAIStreamFailure.ServerError)]
    [TestCase("Application/JSON", "{\"error\":\"it broke\"}", TogetherAIStreamFailure.ServerError)]
    [TestCase("text/html; charset=utf-8", "<html>Log in</html>", TogetherAIStreamFailure.NotAnEventStream)]
    [TestCase("text/plain", "maintenance", TogetherAIStreamFailure.NotAnEventStream)]
    [TestCase("", "{\"output\":{\"choices\":[{\"text\":\"whole\"}]}}", TogetherAIStreamFailure.NotAnEventStream)]
    [TestCase("", "{\n  \"error\": {\n    \"message\": \"it broke\"\n  }\n}\n", TogetherAIStreamFailure.ServerError)]
    [TestCase("", "[{\"error\":{\"message\":\"it broke\"}}]", TogetherAIStreamFailure.ServerError)]
    [TestCase("", "\ufeff{\"error\":{\"message\":\"it broke\"}}", TogetherAIStreamFailure.ServerError)]
    [TestCase("application/octet-stream", " <html>Log in</html>", TogetherAIStreamFailure.NotAnEventStream)]
    [TestCase("text/event-stream", "\r\n{\"error\":\"it broke\"}", TogetherAIStreamFailure.ServerError)]
    public async Task Success_that_is_no_event_stream_says_what_it_is(string contentType, string body, TogetherAIStreamFailure failure)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body, contentType));
        using var client = Clients.For(server);

        foreach (var call in Calls.Streams)
        {
            var exception = await Failures.Of<TogetherAIStreamException>(() => client.CompleteAsync(call));

            using (Assert.EnterMultipleScope())
            {
                Assert.That(exception.Failure, Is.EqualTo(failure));
                Assert.That(exception.ResponseBody?.TrimStart(), Is.EqualTo(body.TrimStart().TrimStart('\ufeff')));
                Assert.That(exception.Message, Does.Contain(failure == TogetherAIStreamFailure.ServerError ? "it broke" : body.Trim()));
            }
        }
    }

    [TestCase("application/json", "{\"error\":{\"message\":\"it broke\"}}")]
    [TestCase("text/html", "<html>Log in</html>")]
    [TestCase("text/event-stream", "{\"error\":\"it broke\"}")]
    [TestCase("text/event-stream", "")]
    public async Task Success_of_any_kind_is_given_out_where_that_is_allowed(string contentType, string body, CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body, contentType));
        using var perClient = Clients.For(server, options => options.AllowNonEventStreams = true);
        using var perCall = Clients.For(server);
        var options = new TogetherAIRequestOptions { AllowNonEventStreams = true };

        using var first = await perClient.StreamBytesAsync(Clients.Request, cancellationToken: cancellationToken);
        using var second = await perCall.StreamBytesAsync(Clients.Request, options, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await new StreamReader(first).ReadToEndAsync(cancellationToken), Is.EqualTo(body));
            Assert.That(await new StreamReader(second).ReadToEndAsync(cancellationToken), Is.EqualTo(body));
        }
    }

    [TestCase("HTTP/1.1 204 No Content\r\n\r\n", "204")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 0\r\n\r\n", "200")]
    public async Task Success_without_content_is_no_stream_of_bytes(string answer, string status)
    {
        await using var server = RawServer.Answering(answer);
        using var client = Clients.For(server);

        await Assert.ThatAsync(
            () => client.StreamBytesAsync(Clients.Request),
            Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.Incomplete).And.Message.Contains(status));
    }

    [Test]
    public async Task Success_that_ends_without_content_is_no_stream_of_bytes()
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        using var client = Clients.For(server);

        await using var read = await client.StreamBytesAsync(Clients.Request);
        await using var readAtOnce = await client.StreamBytesAsync(Clients.Request);
        await using var allowed = await client.StreamBytesAsync(Clients.Request, new TogetherAIRequestOptions { AllowNonEventStreams = true });

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await Failures.Of<TogetherAIStreamException>(() => read.CopyToAsync(Stream.Null))).Failure, Is.EqualTo(TogetherAIStreamFailure.Incomplete));
            Assert.That(() => readAtOnce.Read(new byte[9], 0, 9), Throws.TypeOf<TogetherAIStreamException>().With.Message.Contains("without any content"));
            Assert.That(await allowed.ReadAsync(new byte[9]), Is.Zero);
        }
    }

    [Test]
    public async Task StreamBytes_of_a_bare_done_are_given_out([Values(1, 3, 100)] int size)
    {
        using var client = new FedStream([.. Encoding.UTF8.GetBytes("[DONE]\n").Chunk(size), []]).Client();

        await Assert.ThatAsync(() => client.CompleteAsync(Call.StreamBytes), Throws.Nothing);
    }

    [TestCase("text/event-stream; charset=utf-8")]
    [TestCase("x y/z")]
    [TestCase("")]
    public async Task Content_type_is_told_as_the_server_sent_it(string contentType)
    {
        await using var server = RawServer.Answering(Answers.Of(200, Frames.Text("a") + Frames.Done, contentType));
        using var client = Clients.For(server);
        TogetherAIResponseInfo? info = null;

        await client.CompleteAsync(Call.StreamBytes, new TogetherAIRequestOptions { ResponseReceived = received => info = received, AllowNonEventStreams = true });

        Assert.That(info!.ContentType ?? "", Is.EqualTo(contentType));
    }

    [Test]
    public async Task Success_that_is_no_event_stream_is_kept_however_it_is_cut(
        [Values(1, 2, 7)] int size,
        [Values("", "\ufeff")] string mark,
        [Values(Call.StreamBytes, Call.Stream)] Call call)
    {
        const string Body = """{"error":{"message":"it broke"}}""";
        using var client = new FedStream([.. Encoding.UTF8.GetBytes(mark + Body).Chunk(size), []]).Client(options => options.AllowUnterminatedStreams = true);

        var exception = await Failures.Of<TogetherAIStreamException>(() => client.CompleteAsync(call));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Failure, Is.EqualTo(TogetherAIStreamFailure.ServerError));
            Assert.That(exception.ResponseBody, Is.EqualTo(Body));
        }
    }

    [Test]
    public async Task Field_that_looks_like_json_before_the_events_is_none_of_them()
    {
        await using var server = RawServer.Streaming("{}\n\n", Frames.Text("a"), Frames.Done);
        using var client = Clients.For(server);

        var texts = await client.StreamTokensAsync(Clients.Request).ToListAsync();

        Assert.That(texts, Is.EqualTo(new[] { "a" }));
    }

    [TestCase("text/event-stream")]
    [TestCase("")]
    public async Task Empty_success_is_an_incomplete_stream(string contentType)
    {
        await using var server = RawServer.Answering(Answers.Of(200, "", contentType));
        using var client = Clients.For(server);

        await Assert.ThatAsync(
            () => client.CompleteAsync(Call.Stream),
            Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.Incomplete).And.Message.Contains("before the first event"));
    }
}
