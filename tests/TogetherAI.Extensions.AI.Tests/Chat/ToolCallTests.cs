using Microsoft.Extensions.AI;
using NUnit.Framework;
using TogetherAI.Extensions.AI.Tests.Support;

namespace TogetherAI.Extensions.AI.Tests.Chat;

/// <summary>Tool calls of a response, and the way back.</summary>
[CancelAfter(30_000)]
public sealed class ToolCallTests
{
    private const string Calls = """
        {"role":"assistant","tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{\"city\":\"Köln\",\"days\":1.50}"}},{"index":1,"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}]}
        """;

    [Test]
    public async Task Several_calls_of_a_response_go_back_as_they_came()
    {
        await using var server = ChatServer.Message(Calls.Trim(), "tool_calls");
        await using var next = ChatServer.Text();
        await using var afterStorage = ChatServer.Text();

        var response = await server.Chat.GetResponseAsync("Hi");
        var reply = response.Messages.Single();
        await next.Chat.GetResponseAsync([reply]);
        await afterStorage.Chat.GetResponseAsync([Updates.Stored(reply)]);

        var calls = reply.Contents.Cast<FunctionCallContent>().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.FinishReason, Is.EqualTo(ChatFinishReason.ToolCalls));
            Assert.That(calls.Select(static call => (call.CallId, call.Name)), Is.EqualTo(new[] { ("a", "f"), ("b", "g") }));
            Assert.That(calls[0].Arguments!.ToDictionary(static argument => argument.Key, static argument => argument.Value!.ToString()), Is.EqualTo(new Dictionary<string, string> { ["city"] = "Köln", ["days"] = "1.50" }));
            Assert.That(calls[0].RawRepresentation, Is.TypeOf<ChatCompletionToolCall>());
            Assert.That(next.SentMessages, Is.EqualTo($"[{Calls.Trim()}]"));
            Assert.That(afterStorage.SentMessages, Is.EqualTo($"[{Calls.Trim()}]"));
        }
    }

    [Test]
    public async Task Several_streamed_calls_are_whole_once_the_stream_is()
    {
        await using var server = ChatServer.Deltas(
            """{"role":"assistant","tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":\"Kö"}},{"index":1,"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"ln\",\"days\":1.50}"}}]}""");
        await using var next = ChatServer.Text();

        var updates = await Updates.ReadAsync(server.Chat.GetStreamingResponseAsync("Hi"));
        await next.Chat.GetResponseAsync([updates.ToChatResponse().Messages.Single()]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(updates.SkipLast(2).SelectMany(static update => update.Contents), Is.Empty);
            Assert.That(next.SentMessages, Is.EqualTo($"[{Calls.Trim()}]"));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Fields_of_a_call_that_the_document_does_not_know_go_back(bool isStored)
    {
        const string Message = """{"role":"assistant","tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{}","extra":[1]},"signature":"s"}]}""";
        await using var server = ChatServer.Message(Message);
        await using var next = ChatServer.Text();

        var reply = (await server.Chat.GetResponseAsync("Hi")).Messages.Single();
        await next.Chat.GetResponseAsync([isStored ? Updates.Stored(reply) : reply]);

        Assert.That(next.SentMessages, Is.EqualTo($"[{Message}]"));
    }

    [TestCase("{\"a\":")]
    [TestCase("[1]")]
    [TestCase("sunny")]
    public async Task Arguments_that_are_no_object_are_reported_and_go_back_as_they_came(string arguments)
    {
        var message = $$$"""{"role":"assistant","tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":{{{Newtonsoft.Json.JsonConvert.ToString(arguments)}}}}}]}""";
        await using var server = ChatServer.Message(message);
        await using var next = ChatServer.Text();
        await using var afterStorage = ChatServer.Text();

        var reply = (await server.Chat.GetResponseAsync("Hi")).Messages.Single();
        await next.Chat.GetResponseAsync([reply]);
        await afterStorage.Chat.GetResponseAsync([Updates.Stored(reply)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((FunctionCallContent)reply.Contents.Single()).Exception, Is.Not.Null);
            Assert.That(next.SentMessages, Is.EqualTo($"[{message}]"));
            Assert.That(afterStorage.SentMessages, Is.EqualTo($"[{message}]"));
        }
    }

    [TestCase("""{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":""}},{"function":{"name":"f","arguments":""}}]}""", 2)]
    [TestCase("""{"role":"assistant","function_call":{"name":"f","arguments":"{}"}}""", 1)]
    public async Task Calls_without_an_ID_get_different_ones(string message, int count)
    {
        await using var server = ChatServer.Message(message);

        var reply = (await server.Chat.GetResponseAsync("Hi")).Messages.Single();

        var ids = reply.Contents.Cast<FunctionCallContent>().Select(static call => call.CallId).ToList();
        Assert.That(ids, Is.Unique.And.All.Match("^[0-9a-z]{9}$"));
        Assert.That(ids, Has.Count.EqualTo(count));
    }

    [Test]
    public async Task Arguments_that_a_program_changed_are_sent()
    {
        await using var server = ChatServer.Message(Calls.Trim());
        await using var next = ChatServer.Text();
        var reply = (await server.Chat.GetResponseAsync("Hi")).Messages.Single();

        ((FunctionCallContent)reply.Contents[0]).Arguments!["city"] = "Bonn";
        await next.Chat.GetResponseAsync([reply]);

        Assert.That(next.SentMessages, Does.Contain("Bonn").And.Not.Contain("Köln"));
    }
}
