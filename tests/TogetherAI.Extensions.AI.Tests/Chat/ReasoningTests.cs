using Microsoft.Extensions.AI;
using NUnit.Framework;
using TogetherAI.Extensions.AI.Tests.Support;

namespace TogetherAI.Extensions.AI.Tests.Chat;

/// <summary>Reasoning goes back under the name with which it came, whole or streamed, and also after it was stored.</summary>
[CancelAfter(30_000)]
public sealed class ReasoningTests
{
    [TestCase("""{"role":"assistant","content":"4","reasoning":"2+2"}""", "2+2")]
    [TestCase("""{"role":"assistant","content":"4","reasoning_content":"2+2"}""", "2+2")]
    [TestCase("""{"role":"assistant","content":"4","reasoning":"2+2","reasoning_content":"2+2"}""", "2+2")]
    [TestCase("""{"role":"assistant","content":"4","reasoning":"2","reasoning_content":"3"}""", "2,3")]
    public async Task Reasoning_of_a_response_goes_back_as_it_came(string message, string texts)
    {
        await using var server = ChatServer.Message(message);
        await using var next = ChatServer.Text();
        await using var afterStorage = ChatServer.Text();

        var reply = (await server.Chat.GetResponseAsync("2+2?")).Messages.Single();
        await next.Chat.GetResponseAsync([reply]);
        await afterStorage.Chat.GetResponseAsync([Updates.Stored(reply)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join(',', reply.Contents.OfType<TextReasoningContent>().Select(static content => content.Text)), Is.EqualTo(texts));
            Assert.That(reply.Text, Is.EqualTo("4"));
            Assert.That(next.SentMessages, Is.EqualTo($"[{message}]"));
            Assert.That(afterStorage.SentMessages, Is.EqualTo($"[{message}]"));
        }
    }

    [TestCase("reasoning")]
    [TestCase("reasoning_content")]
    public async Task Reasoning_of_a_stream_goes_back_as_it_came(string name)
    {
        await using var server = ChatServer.Deltas($$"""{"role":"assistant","{{name}}":"2"}""", $$"""{"{{name}}":"+2"}""", """{"content":"4"}""");
        await using var next = ChatServer.Text();

        var reply = (await Updates.ReadAsync(server.Chat.GetStreamingResponseAsync("2+2?"))).ToChatResponse().Messages.Single();
        await next.Chat.GetResponseAsync([reply]);

        Assert.That(next.SentMessages, Is.EqualTo($$"""[{"role":"assistant","content":"4","{{name}}":"2+2"}]"""));
    }

    [Test]
    public async Task Reasoning_of_others_is_sent_under_the_first_name()
    {
        await using var server = ChatServer.Text();

        await server.Chat.GetResponseAsync([new(ChatRole.Assistant, [new TextReasoningContent("2+2"), new TextReasoningContent("") { ProtectedData = "x" }, new TextContent("4")])]);

        Assert.That(server.SentMessages, Is.EqualTo("""[{"role":"assistant","content":"4","reasoning":"2+2"}]"""));
    }

    [Test]
    public async Task Reasoning_that_nobody_wants_to_read_is_only_in_the_raw_representation()
    {
        var options = new ChatOptions { Reasoning = new() { Output = ReasoningOutput.None } };
        await using var server = ChatServer.Message("""{"role":"assistant","content":"4","reasoning":"2+2"}""");
        await using var stream = ChatServer.Deltas("""{"content":"4","reasoning":"2+2"}""");

        var response = await server.Chat.GetResponseAsync("Hi", options);
        var streamed = (await Updates.ReadAsync(stream.Chat.GetStreamingResponseAsync("Hi", options))).ToChatResponse();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Messages[0].Contents.Single(), Is.TypeOf<TextContent>());
            Assert.That(((ChatCompletionResponse)response.RawRepresentation!).Choices[0].Message!.Reasoning, Is.EqualTo("2+2"));
            Assert.That(streamed.Messages[0].Contents.Single(), Is.TypeOf<TextContent>());
        }
    }
}
