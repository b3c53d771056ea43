using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Chat;

/// <summary>A tool call of a whole response has an id, a name and arguments, whatever the server left out.</summary>
[CancelAfter(30_000)]
public sealed class ToolCallTests
{
    private const string Path = "/v1/chat/completions";

    private static ChatCompletionRequest Question => new() { Model = "m", Messages = [ChatCompletionMessage.FromUser("Hi")] };

    [TestCase("""{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}""", "c", "f", "{}")]
    [TestCase("""{"function":{"name":"f","arguments":"{}"}}""", "", "f", "{}")]
    [TestCase("""{"id":null,"index":-1,"function":{"name":"f","arguments":null}}""", "", "f", "")]
    [TestCase("""{"id":"c","function":{"name":"f"}}""", "c", "f", "")]
    [TestCase("""{"id":"c","function":{"name":null,"arguments":{"a":1}}}""", "c", "", """{"a":1}""")]
    [TestCase("""{"id":"c","id":null,"function":{"arguments":"{}"}}""", "", "", "{}")]
    [TestCase("""{"id":5,"function":{"name":"f","arguments":"{}"}}""", "5", "f", "{}")]
    public async Task Tool_call_of_a_response_has_id_name_and_arguments(string call, string id, string name, string arguments)
    {
        using var server = MockServer.Json("POST", Path, $$$"""{"choices":[{"message":{"content":null,"tool_calls":[{{{call}}}]}}]}""");

        var response = await server.Client.Chat.CompleteAsync(Question);

        var read = response.Choices[0].Message!.ToolCalls!.Single();
        Assert.That((read.Id, read.Function.Name, read.Function.Arguments), Is.EqualTo((id, name, arguments)));
    }

    [Test]
    public async Task Tool_call_of_a_stream_is_one_of_a_response_once_it_is_whole()
    {
        using var server = MockServer.Events(
            Path,
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"f"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":null,"function":{"name":null,"arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""");
        var pieces = new List<ChatCompletionToolCallDelta>();
        var answer = new ChatCompletionAccumulator();

        await foreach (var chunk in server.Client.Chat.StreamAsync(Question))
        {
            pieces.AddRange(chunk.Choices![0].Delta!.ToolCalls!);
            answer.Add(chunk);
        }

        ChatCompletionToolCall call = answer.ToMessage().ToolCalls!.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pieces.Select(piece => (piece.Id, piece.Function!.Name, piece.Function.Arguments)), Is.EqualTo(new (string?, string?, string?)[] { ("c", "f", null), (null, null, "{}") }));
            Assert.That((call.Id, call.Function.Name, call.Function.Arguments), Is.EqualTo(("c", "f", "{}")));
        }
    }

    [Test]
    public void Message_before_any_chunk_is_one_of_the_assistant_that_can_be_sent()
    {
        var message = new ChatCompletionAccumulator().ToMessage();

        Assert.That(MockServer.Sent(message.ToMessage()), Is.EqualTo("""{"role":"assistant","content":""}"""));
    }

    [Test]
    public async Task Tool_call_that_came_is_sent_back_with_what_it_had()
    {
        const string Call = """{"index":0,"id":"c","type":"function","function":{"name":"f","arguments":"{}","strict":true},"signature":"s"}""";
        using var server = MockServer.Json("POST", Path, $$$"""{"choices":[{"message":{"role":"assistant","tool_calls":[{{{Call}}}]}}]}""");
        var response = await server.Client.Chat.CompleteAsync(Question);

        using var next = MockServer.Json("POST", Path, """{"choices":[]}""");
        await next.Client.Chat.CompleteAsync(new ChatCompletionRequest { Model = "m", Messages = [response.Choices[0].Message!] });

        Assert.That(next.ReceivedJson["messages"]![0]!["tool_calls"]![0]!.ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo(Call));
    }
}
