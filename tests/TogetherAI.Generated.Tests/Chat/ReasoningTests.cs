using Newtonsoft.Json;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Chat;

/// <summary>What a model thought is one text, whichever of its two names in JSON it came with, and goes back under that name.</summary>
[CancelAfter(30_000)]
public sealed class ReasoningTests
{
    private const string Path = "/v1/chat/completions";

    [TestCase("""{"role":"assistant","content":"4","reasoning":"2+2"}""", "2+2")]
    [TestCase("""{"role":"assistant","content":"4","reasoning_content":"2+2"}""", "2+2")]
    [TestCase("""{"role":"assistant","content":"4","reasoning":"2+2","reasoning_content":"2+2"}""", "2+2")]
    [TestCase("""{"role":"assistant","content":"4","reasoning":"2","reasoning_content":"3"}""", "23")]
    [TestCase("""{"role":"assistant","content":"4","reasoning":"","reasoning_content":"2+2"}""", "2+2")]
    [TestCase("""{"role":"assistant","content":"4","reasoning":""}""", "")]
    public async Task Reasoning_of_a_response_goes_back_as_it_came(string message, string text)
    {
        using var server = MockServer.Json("POST", Path, $$$"""{"choices":[{"message":{{{message}}}}]}""");
        var response = await server.Client.Chat.CompleteAsync(new ChatCompletionRequest { Model = "m", Messages = [ChatCompletionMessage.FromUser("Hi")] });
        var reply = response.Choices[0].Message!;

        using var next = MockServer.Json("POST", Path, """{"choices":[]}""");
        await next.Client.Chat.CompleteAsync(new ChatCompletionRequest { Model = "m", Messages = [reply] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Reasoning, Is.EqualTo(text));
            Assert.That(reply.ToMessage().Reasoning, Is.EqualTo(text));
            Assert.That(next.ReceivedJson["messages"]![0]!.ToString(Formatting.None), Is.EqualTo(message));
            Assert.That(MockServer.Sent(reply), Is.EqualTo(message));
        }
    }

    [TestCase("""{"reasoning":null,"reasoning_content":"x"}""", "x")]
    [TestCase("""{"reasoning_content":"x","reasoning":null}""", "x")]
    [TestCase("""{"reasoning_content":"x","reasoning_content":null}""", null)]
    [TestCase("""{"reasoning":"x","reasoning_content":"y","reasoning":null}""", "y")]
    [TestCase("""{"reasoning":"x","reasoning_content":null}""", "x")]
    [TestCase("""{"reasoning":null}""", null)]
    [TestCase("{}", null)]
    public async Task Reasoning_of_a_chunk_is_that_of_the_name_that_has_one(string delta, string? text)
    {
        using var server = MockServer.Events(Path, $$$"""{"choices":[{"index":0,"delta":{{{delta}}},"finish_reason":"stop"}]}""");

        await foreach (var chunk in server.Client.Chat.StreamAsync(new ChatCompletionRequest { Model = "m", Messages = [ChatCompletionMessage.FromUser("Hi")] }))
        {
            Assert.That(chunk.Choices![0].Delta!.Reasoning, Is.EqualTo(text));
        }
    }

    [Test]
    public void Reasoning_that_is_set_is_sent_under_the_name_of_what_was_there()
    {
        var message = new ChatCompletionMessage { Role = ChatCompletionRole.Assistant, Reasoning = "a" };
        var read = JsonConvert.DeserializeObject<ChatCompletionMessage>("""{"role":"assistant","reasoning_content":"b"}""")!;
        var both = JsonConvert.DeserializeObject<ChatCompletionMessage>("""{"role":"assistant","reasoning":"c","reasoning_content":"c"}""")!;
        read.Reasoning += "!";
        both.Reasoning = "c";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(MockServer.Sent(message), Is.EqualTo("""{"role":"assistant","reasoning":"a"}"""));
            Assert.That(MockServer.Sent(read), Is.EqualTo("""{"role":"assistant","reasoning_content":"b!"}"""));
            Assert.That(MockServer.Sent(both), Is.EqualTo("""{"role":"assistant","reasoning":"c","reasoning_content":"c"}"""));
            Assert.That(JsonConvert.SerializeObject(both), Is.EqualTo(MockServer.Sent(both)));
        }

        read.Reasoning = null;
        both.Reasoning = null;
        Assert.That(new[] { MockServer.Sent(read), MockServer.Sent(both) }, Is.All.EqualTo("""{"role":"assistant"}"""));
    }

    [TestCase("reasoning")]
    [TestCase("reasoning_content")]
    public void Reasoning_that_would_be_sent_twice_is_refused(string name)
    {
        using var server = MockServer.Json("POST", Path, """{"choices":[]}""");
        var message = JsonConvert.DeserializeObject<ChatCompletionMessage>($$"""{"role":"assistant","{{name}}":"a"}""")!;
        message.AdditionalProperties[name] = "b";

        Assert.That(
            () => server.Client.Chat.CompleteAsync(new ChatCompletionRequest { Model = "m", Messages = [message] }),
            Throws.ArgumentException.With.Message.Contains("request.Messages[0].Reasoning and request.Messages[0].AdditionalProperties"));
    }

    [Test]
    public void Pieces_under_both_names_go_back_under_both()
    {
        var answer = new ChatCompletionAccumulator();
        foreach (var delta in new[] { """{"reasoning":"a"}""", """{"reasoning_content":"b"}""", """{"reasoning":"c"}""" })
        {
            answer.Add(JsonConvert.DeserializeObject<ChatCompletionChunk>($$$"""{"choices":[{"delta":{{{delta}}}}]}""")!);
        }

        var message = answer.ToMessage();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.Reasoning, message.Reasoning), Is.EqualTo(("abc", "abc")));
            Assert.That(MockServer.Sent(message.ToMessage()), Is.EqualTo("""{"role":"assistant","content":"","reasoning":"ac","reasoning_content":"b"}"""));
        }
    }
}
