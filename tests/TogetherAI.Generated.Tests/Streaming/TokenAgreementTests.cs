using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>The texts of a stream are those that its chunks have, however a server writes them; else both fail.</summary>
[CancelAfter(30_000)]
public sealed class TokenAgreementTests
{
    private const string ChatPath = "/v1/chat/completions";

    private static ChatCompletionRequest Question => new() { Model = "m", Messages = [ChatCompletionMessage.FromUser("Hi")] };

    [TestCase("""{"choices":[{"index":0,"delta":{"content":"A1"}}]}""", """{"choices":[{"index":1,"delta":{"content":"B1"}}]}""", """{"choices":[{"index":0,"delta":{"content":"A2"}}]}""")]
    [TestCase("""{"choices":[{"index":1,"delta":{"content":"B1"}},{"delta":{"content":"A1"},"index":0}]}""", """{"choices":[{"delta":{"content":"A2"},"index":0}]}""", """{"choices":[{"index":1,"delta":{"content":"B2"}}]}""")]
    public async Task Several_answers_in_one_stream_are_not_mixed(params string[] events)
    {
        using var server = MockServer.Events(ChatPath, events);

        var texts = await server.Client.Chat.StreamTokensAsync(Question).ToListAsync();

        Assert.That(texts, Is.EqualTo(new[] { "A1", "A2" }));
    }

    [Test]
    public async Task Answer_with_another_number_than_0_is_read_where_it_is_the_only_one()
    {
        using var server = MockServer.Events(ChatPath, """{"choices":[{"index":1,"delta":{"content":"a"}}]}""", """{"choices":[{"index":1,"delta":{"content":"b"}}]}""");

        var texts = await server.Client.Chat.StreamTokensAsync(Question).ToListAsync();

        Assert.That(texts, Is.EqualTo(new[] { "a", "b" }));
    }

    [TestCase("""{"Choices":[{"Text":"a"}]}""", "a")]
    [TestCase("""{"choices":[{"text":"a","text":""}]}""", "")]
    [TestCase("""{"choices":[{"text":"a","text":null}]}""", "")]
    [TestCase("""{"choices":[{"text":"","text":"b"}]}""", "b")]
    [TestCase("""{"choices":[{"text":"a"}],"choices":[]}""", "")]
    [TestCase("""{"choices":[{"text":"a"}],"choices":null}""", "")]
    [TestCase("""{"choices":[null,{"text":"b"}]}""", "")]
    [TestCase("""{"choices":""}""", "")]
    [TestCase("""{"choices":[{"text":5}]}""", "5")]
    [TestCase("""{"choices":[{"text":-1.50e3}]}""", "-1.50e3")]
    [TestCase("""{"choices":[{"text":false}]}""", "false")]
    [TestCase("""{"choices":[{"index":0,"text":"a"},{"index":0,"text":"b"}]}""", "a")]
    public async Task Text_of_an_unusual_chunk_is_that_of_its_object(string chunk, string text)
    {
        // A usual one before and behind, so that what was learned from one chunk is tried on the others.
        await using var server = RawServer.Streaming(Frames.Text("x"), Frames.Text("y"), Frames.Data(chunk), Frames.Data(chunk), Frames.Text("z"), Frames.Done);
        using var client = Clients.For(server);

        var texts = await client.StreamTokensAsync(Clients.Request).ToListAsync();
        var chunks = await client.StreamAsync(Clients.Request).ToListAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Concat(texts), Is.EqualTo($"xy{text}{text}z"));
            Assert.That(string.Concat(chunks.Select(one => one.Choices?.FirstOrDefault()?.Text)), Is.EqualTo($"xy{text}{text}z"));
        }
    }

    [TestCase("""{"choices":[{"index":0,"delta":{"content":"Hi"},"text":""}]}""", "Hi")]
    [TestCase("""{"choices":[{"index":0,"text":"","delta":{"content":"Hi"}}]}""", "Hi")]
    [TestCase("""{"choices":[{"index":0,"delta":null,"text":"a","content":"lost"}]}""", "a")]
    public async Task Text_of_a_completion_is_in_one_of_two_places(string chunk, string text)
    {
        using var server = MockServer.Events("/v1/completions", chunk, chunk);

        var texts = await server.Client.Completions.StreamTokensAsync(new CompletionRequest { Model = "m", Prompt = "p" }).ToListAsync();

        Assert.That(texts, Is.EqualTo(new[] { text, text }));
    }

    [TestCase("""{"choices":[{"index":0,"delta":null,"content":"no text"}]}""")]
    [TestCase("""{"choices":[{"index":0,"delta":"","content":"no text"}]}""")]
    [TestCase("""{"choices":[{"index":0,"delta":null,"logprobs":null,"content":[1]}]}""")]
    [TestCase("""{"id":"x","message":""}""")]
    public async Task Chunk_without_a_text_yields_none(string chunk)
    {
        using var server = MockServer.Events(ChatPath, chunk, """{"choices":[{"index":0,"delta":{"content":"a"}}]}""");

        Assert.That(await server.Client.Chat.StreamTokensAsync(Question).ToListAsync(), Is.EqualTo(new[] { "a" }));
    }

    [TestCase("""{"choices":[{"text":["lost"]}]}""")]
    [TestCase("""{"choices":[{"text":{"a":"lost"}}]}""")]
    [TestCase("""{"choices":{"0":{"text":"lost"}}}""")]
    [TestCase("""{"choices":["lost"]}""")]
    public async Task Text_where_none_can_be_is_malformed_rather_than_lost(string chunk)
    {
        await using var server = RawServer.Streaming(Frames.Text("x"), Frames.Data(chunk), Frames.Done);
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIStreamException>(() => client.CompleteAsync(Call.StreamTokens));

        Assert.That(exception.Failure, Is.EqualTo(TogetherAIStreamFailure.MalformedEvent));
    }

    [TestCase("""{"text":"lost"}""")]
    [TestCase("""{"type":null,"text":"lost"}""")]
    [TestCase("""{"type":["text"],"text":"lost"}""")]
    public async Task Block_with_a_text_that_is_no_block_is_malformed_rather_than_lost(string block)
    {
        using var server = MockServer.Events("/v1/messages", $$$"""{"type":"content_block_start","index":0,"content_block":{{{block}}}}""", """{"type":"message_stop"}""");

        await Assert.ThatAsync(
            async () => await server.Client.Messages.StreamAsync(new MessageRequest("m", [MessageInput.FromUser("Hi")], 1)).ToListAsync(),
            Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.MalformedEvent));
    }

    [TestCase("\"hi\"")]
    [TestCase("[\"hi\"]")]
    public async Task Delta_that_is_no_object_is_malformed(string delta)
    {
        using var server = MockServer.Events(ChatPath, $$$"""{"choices":[{"index":0,"delta":{{{delta}}}}]}""");

        using (Assert.EnterMultipleScope())
        {
            await Assert.ThatAsync(async () => await server.Client.Chat.StreamTokensAsync(Question).ToListAsync(), Throws.TypeOf<TogetherAIStreamException>());
            await Assert.ThatAsync(async () => await server.Client.Chat.StreamAsync(Question).ToListAsync(), Throws.TypeOf<TogetherAIStreamException>());
        }
    }

    [TestCase("""{"Error":{"message":"it broke"}}""")]
    [TestCase("""{"message":"it broke","type":"server_error","code":500}""")]
    [TestCase("""{"object":"error","message":"it broke","code":400}""")]
    [TestCase("""{"detail":"it broke"}""")]
    [TestCase("""{"choices":[],"finish_reason":"error","message":"it broke"}""")]
    public async Task Error_without_the_usual_form_is_the_servers_all_the_same(string chunk)
    {
        using var server = MockServer.Events(ChatPath, """{"choices":[{"index":0,"delta":{"content":"a"}}]}""", chunk);

        using (Assert.EnterMultipleScope())
        {
            await Assert.ThatAsync(async () => await server.Client.Chat.StreamTokensAsync(Question).ToListAsync(), ThrowsServerError());
            await Assert.ThatAsync(async () => await server.Client.Chat.StreamAsync(Question).ToListAsync(), ThrowsServerError());
        }
    }

    private static NUnit.Framework.Constraints.IResolveConstraint ThrowsServerError()
        => Throws.TypeOf<TogetherAIStreamException>()
            .With.Property("Failure").EqualTo(TogetherAIStreamFailure.ServerError)
            .And.Message.Contains("it broke");
}
