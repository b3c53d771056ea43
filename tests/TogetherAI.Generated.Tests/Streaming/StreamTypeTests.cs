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

        var exception = await Failures.Of<TogetherAIStreamException>(() => client.CompleteAsync(Call.StreamTokens));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Failure, Is.EqualTo(failure));
            Assert.That(exception.ResponseBody?.TrimStart(), Is.EqualTo(body.TrimStart().TrimStart('\ufeff')));
            Assert.That(exception.Message, Does.Contain(failure == TogetherAIStreamFailure.ServerError ? "it broke" : body.Trim()));
        }
    }

    [Test]
    public async Task Success_that_is_no_event_stream_is_kept_however_it_is_cut([Values(1, 2, 7)] int size, [Values("", "\ufeff")] string mark)
    {
        const string Body = """{"error":{"message":"it broke"}}""";
        using var client = new FedStream([.. Encoding.UTF8.GetBytes(mark + Body).Chunk(size), []]).Client(options => options.AllowUnterminatedStreams = true);

        var exception = await Failures.Of<TogetherAIStreamException>(() => client.CompleteAsync(Call.Stream));

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
            Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.Incomplete).And.Message.Contains("before any event"));
    }
}
