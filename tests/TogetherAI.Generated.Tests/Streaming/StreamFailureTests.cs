using System.Net;
using System.Text;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>Streams that fail after they have begun: what came before is delivered, and the exception says why.</summary>
[CancelAfter(30_000)]
public sealed class StreamFailureTests
{
    [TestCase("data: {\"error\":\"it broke\"}\n\n", "it broke", null)]
    [TestCase("data: {\"error\":\"it broke\",\"error_type\":\"kind\"}\n\n", "it broke", "kind")]
    [TestCase("data: {\"error\":{\"message\":\"it broke\",\"type\":\"kind\",\"request_id\":\"r\"}}\n\n", "it broke", "kind")]
    [TestCase("data: {\"error\":{\"error\":\"it broke\",\"request_id\":\"r\"}}\n\n", "it broke", null)]
    [TestCase("data: {\"choices\":[{\"text\":\"lost\"}],\"error\":{\"message\":{\"message\":\"it broke\"}}}\n\n", "it broke", null)]
    [TestCase("event: error\ndata: {\"message\":\"it broke\",\"type\":\"kind\"}\n\n", "it broke", "kind")]
    [TestCase("event: error\ndata: {\"detail\":\"it broke\"}\n\n", "it broke", null)]
    [TestCase("event: error\ndata: it broke\n\n", null, null)]
    [TestCase("event: error\ndata:\n\n", null, null)]
    [TestCase("event: error\ndata: {}\n\n", null, null)]
    [TestCase("data: {\"choices\":[{\"text\":\"\",\"finish_reason\":\"error\",\"error\":\"it broke\"}]}\n\n", "it broke", null)]
    [TestCase("data: {\"choices\":[{\"index\":0,\"finish_reason\":\"error\",\"error\":{\"message\":\"it broke\",\"type\":\"kind\"}}]}\n\n", "it broke", "kind")]
    [TestCase("data: {\"choices\":[{\"text\":\"\"},{\"finish_reason\":\"error\"}]}\n\n", null, null)]
    [TestCase("event: error\ndata: {\"error\":\"it broke\"}", "it broke", null)]
    public async Task Error_in_a_stream_is_thrown_after_what_came_before(string frame, string? message, string? type)
    {
        await using var server = RawServer.Streaming(Frames.Text("a"), Frames.Text("b"), frame, Frames.Done);
        using var client = Clients.For(server);

        var (texts, exception) = await Failures.After<TogetherAIStreamException>(client.StreamTokensAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "a", "b" }));
            Assert.That(exception.Failure, Is.EqualTo(TogetherAIStreamFailure.ServerError));
            Assert.That(exception.EventsReceived, Is.EqualTo(2));
            Assert.That(exception.ServerMessage, Is.EqualTo(message));
            Assert.That(exception.ErrorType, Is.EqualTo(type));
            Assert.That(exception.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(exception.Message, Does.Contain("2 events").And.Contain(message ?? "reported an error"));
            await Assert.ThatAsync(() => client.CompleteAsync(Call.Stream), Throws.TypeOf<TogetherAIStreamException>().With.Message.EqualTo(exception.Message));
        }
    }

    [Test]
    public async Task Error_in_a_stream_is_thrown_without_waiting_for_done()
    {
        await using var server = RawServer.StreamingThenSilent(Frames.Text("a"), Frames.Data("{\"error\":\"it broke\"}"));
        using var client = Clients.For(server);

        var (_, exception) = await Failures.After<TogetherAIStreamException>(client.StreamTokensAsync(Clients.Request));

        Assert.That(exception.Failure, Is.EqualTo(TogetherAIStreamFailure.ServerError));
    }

    [Test]
    public async Task Malformed_event_that_arrives_together_with_the_end_is_still_malformed()
    {
        await using var server = RawServer.Streaming(Frames.Data("{choices:[]}") + "[DONE]\n");
        using var client = Clients.For(server);

        var (_, exception) = await Failures.After<TogetherAIStreamException>(client.StreamTokensAsync(Clients.Request));

        Assert.That(exception.Failure, Is.EqualTo(TogetherAIStreamFailure.MalformedEvent));
    }

    [TestCase("{\"choices\":[{\"text\":\"a\"}")]
    [TestCase("no json at all")]
    [TestCase("[1]")]
    [TestCase("\"text\"")]
    [TestCase("null")]
    [TestCase("{\"choices\":[{\"text\":\"a\"}]} trailing")]
    [TestCase("{\"choices\":[{\"text\":\"a\"}],}")]
    [TestCase("{choices:[]}")]
    [TestCase("{\"a\":\"\u0001\"}", TestName = "Malformed_event_with_a_control_character_is_named_by_number_and_shown")]
    public async Task Malformed_event_is_named_by_number_and_shown(string data)
    {
        await using var server = RawServer.Streaming(Frames.Text("a"), Frames.Text("b"), Frames.Data(data), Frames.Done);
        using var client = Clients.For(server);

        var (texts, exception) = await Failures.After<TogetherAIStreamException>(client.StreamTokensAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "a", "b" }));
            Assert.That(exception.Failure, Is.EqualTo(TogetherAIStreamFailure.MalformedEvent));
            Assert.That(exception.Message, Does.StartWith("Event 3 of the stream is malformed").And.Contain(data[..3]));
            await Assert.ThatAsync(() => client.CompleteAsync(Call.Stream), Throws.TypeOf<TogetherAIStreamException>().With.Property("EventsReceived").EqualTo(2));
        }
    }

    [Test]
    public async Task Malformed_event_of_any_size_gives_a_short_message()
    {
        await using var server = RawServer.Streaming(Frames.Data("{" + new string('y', 500_000)));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIStreamException>(() => client.CompleteAsync(Call.StreamTokens));

        Assert.That(exception.ToString(), Has.Length.LessThan(10_000));
    }

    [Test]
    public async Task Stream_without_a_sign_of_its_end_is_incomplete_after_its_events()
    {
        await using var server = RawServer.Streaming(Frames.Text("a"), Frames.Text("b"));
        using var client = Clients.For(server);

        var (texts, exception) = await Failures.After<TogetherAIStreamException>(client.StreamTokensAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "a", "b" }));
            Assert.That(exception.Failure, Is.EqualTo(TogetherAIStreamFailure.Incomplete));
            Assert.That(exception.EventsReceived, Is.EqualTo(2));
            Assert.That(exception.Message, Does.Contain("2 events"));
        }
    }

    [TestCase("data: {\"choices\":[{\"text\":\"b\"},{\"finish_reason\":\"stop\"}]}\n\n", TestName = "Stream_with_one_of_two_choices_finished_is_incomplete")]
    [TestCase("data: {\"choices\":[{\"text\":\"b\",\"finish_reason\":\"\"}]}\n\n", TestName = "Stream_with_an_empty_finish_reason_is_incomplete")]
    [TestCase("data: {\"choices\":[{\"text\":\"b\"}],\"usage\":null,\"generated_text\":null}\n\n", TestName = "Stream_whose_totals_are_null_is_incomplete")]
    [TestCase("data: {\"choices\":[{\"text\":\"b", TestName = "Stream_that_ends_inside_an_event_is_incomplete")]
    [TestCase("data: [DO", TestName = "Stream_that_ends_inside_done_is_incomplete")]
    [TestCase("", TestName = "Stream_with_one_event_and_no_end_is_incomplete")]
    public async Task Stream_that_does_not_say_it_is_whole(string last)
    {
        await using var server = RawServer.Streaming(Frames.Text("a"), last);
        using var client = Clients.For(server);

        await Assert.ThatAsync(() => client.CompleteAsync(Call.StreamTokens), ThrowsStreamFailure(TogetherAIStreamFailure.Incomplete));
        await Assert.ThatAsync(() => client.CompleteAsync(Call.Stream), ThrowsStreamFailure(TogetherAIStreamFailure.Incomplete));
    }

    [TestCase("data: {\"choices\":[{\"text\":\"b\",\"finish_reason\":\"eos\"}]}\n\n", TestName = "Stream_with_a_finish_reason_is_complete")]
    [TestCase("data: {\"choices\":[{\"index\":1,\"finish_reason\":\"length\"},{\"index\":0,\"text\":\"b\",\"finish_reason\":\"</s>\"}]}\n\n", TestName = "Stream_with_both_choices_finished_is_complete")]
    [TestCase("data: {\"choices\":[{\"text\":\"b\"}],\"usage\":{}}\n\n", TestName = "Stream_with_totals_is_complete")]
    [TestCase("data: {\"choices\":[],\"generated_text\":\"\"}", TestName = "Stream_with_the_whole_text_and_no_blank_line_is_complete")]
    public async Task Stream_that_says_it_is_whole_without_done(string last)
    {
        await using var server = RawServer.Streaming(Frames.Text("a"), last);
        using var client = Clients.For(server);

        await Assert.ThatAsync(() => client.CompleteAsync(Call.StreamTokens), Throws.Nothing);
        await Assert.ThatAsync(() => client.CompleteAsync(Call.Stream), Throws.Nothing);
    }

    [TestCase("data: {\"choices\":[{\"te")]
    [TestCase("")]
    public async Task AllowUnterminatedStreams_accepts_a_stream_that_just_ends(string last)
    {
        await using var server = RawServer.Streaming(Frames.Text("a"), last);
        using var client = Clients.For(server, options => options.AllowUnterminatedStreams = true);

        Assert.That(await client.StreamTokensAsync(Clients.Request).ToListAsync(), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task Connection_that_breaks_inside_an_event_is_lost_after_what_came_before([Values] bool reset, [Values] bool chunked)
    {
        var seen = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{(chunked ? "Transfer-Encoding: chunked" : "Content-Length: 9999")}\r\n\r\n", stop);
            var events = Frames.Text("a") + "data: {\"choices\":[{\"te";
            await (chunked ? connection.SendChunkAsync(events, stop) : connection.SendAsync(events, stop));
            await seen.Task.WaitAsync(stop);
            if (reset)
            {
                connection.Reset();
            }

            connection.Dispose();
        });
        using var client = Clients.For(server, options => options.MaxRetries = 2);
        var texts = new List<string>();

        var exception = await Failures.Of<TogetherAIStreamException>(async () =>
        {
            await foreach (var text in client.StreamTokensAsync(Clients.Request))
            {
                texts.Add(text);
                seen.SetResult();
            }
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "a" }));
            Assert.That(exception.Failure, Is.EqualTo(TogetherAIStreamFailure.ConnectionLost));
            Assert.That(exception.EventsReceived, Is.EqualTo(1));
            Assert.That(exception.InnerException, Is.Not.Null);
            Assert.That(server.Requests, Has.Count.EqualTo(1), "not again once an event has reached the caller");
        }
    }

    [Test]
    public async Task Connection_that_breaks_after_the_stream_was_complete_is_no_failure()
    {
        var seen = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.SendChunkAsync(Frames.Last("a"), stop);
            await seen.Task.WaitAsync(stop);
            connection.Reset();
        });
        using var client = Clients.For(server);
        var texts = new List<string>();

        await foreach (var text in client.StreamTokensAsync(Clients.Request))
        {
            texts.Add(text);
            seen.SetResult();
        }

        Assert.That(texts, Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task Bytes_that_are_not_utf8_become_replacement_characters()
    {
        byte[] wire = [.. "data: {\"choices\":[{\"text\":\"a"u8, 0xFF, 0xC3, .. "\"}]}\n\n"u8, .. Encoding.UTF8.GetBytes(Frames.Done)];
        await using var server = RawServer.Streaming(wire);
        using var client = Clients.For(server);

        var texts = await client.StreamTokensAsync(Clients.Request).ToListAsync();
        var chunks = await client.StreamAsync(Clients.Request).ToListAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts.Single(), Is.EqualTo("a\ufffd\ufffd"));
            Assert.That(chunks.Single().Choices![0].Text, Is.EqualTo(texts.Single()));
        }
    }

    private static NUnit.Framework.Constraints.IResolveConstraint ThrowsStreamFailure(TogetherAIStreamFailure failure)
        => Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(failure);
}
