using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>Whole responses whose choices have the form of another endpoint, or of a stream.</summary>
[CancelAfter(30_000)]
public sealed class ResponseShapeTests
{
    private static ChatCompletionRequest Question => new() { Model = "m", Messages = [ChatCompletionMessage.FromUser("Hi")] };

    private static CompletionRequest Beginning => new() { Model = "m", Prompt = "p" };

    [TestCase("\"text\":\"Hello there\"")]
    [TestCase("\"text\":\"Hello there\",\"message\":null")]
    [TestCase("\"text\":\"Hello there\",\"message\":{\"role\":\"assistant\",\"content\":null}")]
    [TestCase("\"text\":\"Hello there\",\"message\":{\"role\":\"assistant\",\"content\":\"\"}")]
    [TestCase("\"delta\":{\"role\":\"assistant\",\"content\":\"Hello there\"}")]
    [TestCase("\"delta\":{\"content\":\"Hello there\"},\"text\":\"Hello there\"")]
    [TestCase("\"delta\":{\"content\":\"Hello there\"},\"message\":{\"role\":\"assistant\"}")]
    [TestCase("\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"Hello there\"}]}")]
    [TestCase("\"delta\":{},\"text\":\"Hello there\"")]
    [TestCase("\"message\":{\"content\":\"Hello there\"},\"text\":\"other\",\"delta\":{\"content\":\"other\"}")]
    public async Task Chat_in_another_form_gives_its_text_once(string fields)
    {
        using var server = Chat(fields);

        var response = await server.Client.Chat.CompleteAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Text, Is.EqualTo("Hello there"));
            Assert.That(response.Choices.Single().Message!.Content, Is.EqualTo("Hello there"));
            Assert.That(ChatCompletionMessage.FromAssistant(response.Choices.Single().Message!).Role, Is.EqualTo(ChatCompletionRole.Assistant));
        }
    }

    [Test]
    public async Task Chat_in_the_form_of_a_stream_gives_its_tool_calls()
    {
        using var server = Chat("\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}");

        var response = await server.Client.Chat.CompleteAsync(Question);

        Assert.That(response.Choices.Single().Message!.ToolCalls!.Single().Function!.Name, Is.EqualTo("f"));
    }

    [Test]
    public async Task Chat_that_only_calls_tools_takes_no_text_from_elsewhere()
    {
        using var server = Chat("\"text\":\"{}\",\"message\":{\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}");

        var response = await server.Client.Chat.CompleteAsync(Question);

        Assert.That(response.Text, Is.Null);
    }

    [TestCase("\"message\":{\"role\":\"assistant\",\"content\":\"Hello there\"}")]
    [TestCase("\"delta\":{\"content\":\"Hello there\"}")]
    [TestCase("\"text\":null,\"message\":{\"content\":\"Hello there\"}")]
    [TestCase("\"text\":\"\",\"message\":{\"content\":\"Hello there\"},\"delta\":{\"content\":\"Hello there\"}")]
    [TestCase("\"text\":\"Hello there\",\"message\":{\"content\":\"other\"}")]
    public async Task Completion_in_another_form_gives_its_text_once(string fields)
    {
        using var server = MockServer.Json("POST", "/v1/completions", $$"""{"choices":[{"index":0,{{fields}},"finish_reason":"stop"}]}""");

        var response = await server.Client.Completions.CreateAsync(Beginning);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Text, Is.EqualTo("Hello there"));
            Assert.That(response.Choices.Single().Text, Is.EqualTo("Hello there"));
        }
    }

    [TestCase("""{"status":"finished","output":{"choices":[{"message":{"content":"Hello there"}}]}}""")]
    [TestCase("""{"status":"finished","output":{"choices":[{"delta":{"content":"Hello there"}}]}}""")]
    [TestCase("""{"status":"finished","output":{"choices":[]},"choices":[{"message":{"content":"Hello there"}}]}""")]
    public async Task Run_in_the_form_of_a_chat_gives_its_text(string body)
    {
        using var server = MockServer.Json("POST", "/inference", body);

        var response = await server.Client.Inference.RunAsync(Clients.Request);

        Assert.That(response.Text, Is.EqualTo("Hello there"));
    }

    [TestCase("\"delta\":\"Hello there\"")]
    [TestCase("\"delta\":[\"Hello there\"]")]
    [TestCase("\"delta\":{\"content\":{\"a\":\"Hello there\"}}")]
    [TestCase("\"content\":\"Hello there\"")]
    [TestCase("\"output\":[{\"text\":\"Hello there\"}]")]
    [TestCase("\"text\":[\"Hello there\"]")]
    public async Task Text_in_a_place_that_nobody_reads_is_no_empty_success(string fields)
    {
        using var chat = Chat(fields);
        using var completions = MockServer.Json("POST", "/v1/completions", $$"""{"choices":[{"index":0,{{fields}}}]}""");

        await Assert.ThatAsync(() => chat.Client.Chat.CompleteAsync(Question), Throws.TypeOf<TogetherAIInvalidResponseException>().With.Message.Contains("choices[0]"));
        await Assert.ThatAsync(() => completions.Client.Completions.CreateAsync(Beginning), Throws.TypeOf<TogetherAIInvalidResponseException>().With.Message.Contains("choices[0]"));
    }

    [TestCase("\"finish_reason\":\"content_filter\"")]
    [TestCase("\"message\":null,\"seed\":1")]
    public async Task Choice_that_says_nothing_is_empty(string fields)
    {
        using var chat = Chat(fields);

        Assert.That((await chat.Client.Chat.CompleteAsync(Question)).Text, Is.Null);
    }

    private static MockServer Chat(string fields)
        => MockServer.Json("POST", "/v1/chat/completions", "{\"choices\":[{\"index\":0," + fields + "}]}");
}
