using Microsoft.Extensions.AI;
using NUnit.Framework;
using TogetherAI.Extensions.AI.Tests.Support;

namespace TogetherAI.Extensions.AI.Tests.Chat;

/// <summary>What a stream becomes, update by update and put together.</summary>
[CancelAfter(30_000)]
public sealed class StreamTests
{
    [Test]
    public async Task Updates_put_together_have_all_that_the_server_said()
    {
        await using var server = ChatServer.Events(
            """{"id":"c-1","created":1780000000,"model":"org/model-1","choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":"2"}}]}""",
            """{"id":"c-2","choices":[{"index":0,"delta":{"reasoning":"+2"}}],"usage":{"prompt_tokens":7}}""",
            """{"id":"c-3","choices":[{"index":0,"delta":{"content":"It is "}}],"weight":"w"}""",
            """{"id":"c-3","choices":[{"index":0,"delta":{"content":"4"},"finish_reason":"stop"}]}""",
            """{"id":"c-3","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12}}""");

        var updates = await Updates.ReadAsync(server.Chat.GetStreamingResponseAsync("2+2?"));
        var response = updates.ToChatResponse();

        var message = response.Messages.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(updates.Take(5).Select(static update => update.Text), Is.EqualTo(new[] { "", "", "It is ", "4", "" }));
            Assert.That(updates.Take(5).Select(static update => update.RawRepresentation), Is.All.TypeOf<ChatCompletionChunk>());
            Assert.That(updates[^1].RawRepresentation, Is.TypeOf<ChatCompletionResponse>().With.Property("Text").EqualTo("It is 4"));
            Assert.That((response.ResponseId, response.ModelId, response.CreatedAt, response.FinishReason), Is.EqualTo(("c-1", "org/model-1", DateTimeOffset.FromUnixTimeSeconds(1780000000), ChatFinishReason.Stop)));
            Assert.That((message.MessageId, message.Role, message.Text), Is.EqualTo(("c-1", ChatRole.Assistant, "It is 4")));
            Assert.That(message.Contents.OfType<TextReasoningContent>().Single().Text, Is.EqualTo("2+2"));
            Assert.That((response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount), Is.EqualTo((7L, 5L, 12L)));
            Assert.That(response.AdditionalProperties, Is.EqualTo(new Dictionary<string, object> { ["weight"] = "w" }));
            Assert.That(message.AdditionalProperties, Is.Null);
        }
    }

    [TestCase("""{"id":"c-1",""")]
    [TestCase("{")]
    public async Task Fields_of_the_message_go_back_and_those_of_the_response_do_not(string start)
    {
        await using var server = ChatServer.Events(
            start + """ "weight":"w","choices":[{"index":0,"delta":{"role":"assistant","content":"4","signature":"a"}}]}""",
            start + """ "choices":[{"index":0,"delta":{"content":"2","signature":"b"},"finish_reason":"stop"}]}""");
        await using var next = ChatServer.Text();

        var response = (await Updates.ReadAsync(server.Chat.GetStreamingResponseAsync("Hi"))).ToChatResponse();
        await next.Chat.GetResponseAsync(response.Messages);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(next.SentMessages, Is.EqualTo("""[{"role":"assistant","content":"42","signature":"ab"}]"""));
            Assert.That(response.AdditionalProperties!["weight"], Is.EqualTo("w"));
        }
    }

    [Test]
    public async Task Update_comes_before_the_next_chunk_is_sent()
    {
        var read = new TaskCompletionSource();
        await using var server = new ChatServer(RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.SendChunkAsync(Frames.Data("""{"choices":[{"delta":{"content":"4"}}]}"""), stop);
            await read.Task.WaitAsync(stop);
            await connection.SendChunkAsync(Frames.Data("""{"choices":[{"delta":{},"finish_reason":"stop"}]}""") + Frames.Done, stop);
            await connection.SendLastChunkAsync(stop);
        }));

        await foreach (var update in server.Chat.GetStreamingResponseAsync("Hi"))
        {
            if (update.Text == "4")
            {
                read.SetResult();
            }
        }

        Assert.That(read.Task.IsCompleted);
    }

    [Test]
    public async Task Stream_that_does_not_complete_throws_after_what_came()
    {
        await using var server = new ChatServer(RawServer.Streaming(Frames.Data("""{"choices":[{"index":0,"delta":{"content":"It is","tool_calls":[{"index":0,"id":"1","function":{"name":"f","arguments":"{"}}]}}]}""")));
        var text = "";
        var calls = 0;

        async Task Read()
        {
            await foreach (var update in server.Chat.GetStreamingResponseAsync("Hi"))
            {
                text += update.Text;
                calls += update.Contents.OfType<FunctionCallContent>().Count();
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read, Throws.TypeOf<TogetherAIStreamException>());
            Assert.That((text, calls), Is.EqualTo(("It is", 0)));
        }
    }

    [Test]
    public async Task Error_inside_a_stream_is_thrown()
    {
        await using var server = new ChatServer(RawServer.Streaming(Frames.Data("""{"choices":[{"index":0,"delta":{"content":"4"}}]}"""), Frames.Data("""{"error":{"message":"Out of memory."}}""")));

        Assert.That(() => Updates.ReadAsync(server.Chat.GetStreamingResponseAsync("Hi")), Throws.TypeOf<TogetherAIStreamException>().With.Message.Contains("Out of memory."));
    }

    [Test]
    public async Task Cancellation_of_a_stream_is_cancellation()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ChatServer(RawServer.StreamingThenSilent(Frames.Data("""{"choices":[{"index":0,"delta":{"content":"4"}}]}""")));

        async Task Read()
        {
            await foreach (var update in server.Chat.GetStreamingResponseAsync("Hi").WithCancellation(stop.Token))
            {
                await stop.CancelAsync();
            }
        }

        Assert.That(Read, Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(stop.Token));
    }

    [Test]
    public async Task Cancellation_of_a_response_is_cancellation()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ChatServer(RawServer.Start(async (connection, _, end) =>
        {
            await stop.CancelAsync();
            await connection.WaitForCloseAsync(end);
        }));

        Assert.That(() => server.Chat.GetResponseAsync("Hi", cancellationToken: stop.Token), Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(stop.Token));
    }

    [Test]
    public async Task Second_choice_of_a_server_is_not_mixed_into_the_first()
    {
        await using var server = ChatServer.Events(
            """{"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"x"}}]}""",
            """{"choices":[{"index":1,"delta":{"content":"y"},"finish_reason":"length"}]}""",
            """{"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"stop"}]}""");

        var response = (await Updates.ReadAsync(server.Chat.GetStreamingResponseAsync("Hi"))).ToChatResponse();

        Assert.That((response.Text, response.FinishReason), Is.EqualTo(("ab", ChatFinishReason.Stop)));
    }

    [Test]
    public async Task Refusal_of_a_stream_is_one_error_content()
    {
        await using var server = ChatServer.Deltas("""{"refusal":"N"}""", """{"refusal":"o."}""");

        var response = (await Updates.ReadAsync(server.Chat.GetStreamingResponseAsync("Hi"))).ToChatResponse();

        Assert.That(response.Messages.Single().Contents.OfType<ErrorContent>().Single().Message, Is.EqualTo("No."));
    }
}
