using Microsoft.Extensions.AI;
using NUnit.Framework;
using TogetherAI.Extensions.AI.Tests.Support;

namespace TogetherAI.Extensions.AI.Tests.Chat;

/// <summary>The messages of a request as the server receives them.</summary>
[CancelAfter(30_000)]
public sealed class MessageTests
{
    private static readonly TestCaseData[] Messages =
    [
        Case("text", """[{"role":"user","content":"Hi"}]""", new ChatMessage(ChatRole.User, "Hi")),
        Case("several_texts", """[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]""", new ChatMessage(ChatRole.User, [new TextContent("a"), new TextContent("b")])),
        Case("nothing", """[{"role":"user","content":""}]""", new ChatMessage(ChatRole.User, [])),
        Case("system", """[{"role":"system","content":"ab"}]""", new ChatMessage(ChatRole.System, [new TextContent("a"), new TextContent("b")])),
        Case("developer", """[{"role":"developer","content":"a"}]""", new ChatMessage(new ChatRole("developer"), "a")),
        Case("author", """[{"role":"user","content":"a","name":"MaxM"}]""", new ChatMessage(ChatRole.User, "a") { AuthorName = "Max M." }),
        Case("image_bytes", """[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]}]""", new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1, 2, 3 }, "image/png")])),
        Case("image_address", """[{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"https://example.com/a%20b.png"}}]}]""", new ChatMessage(ChatRole.User, [new TextContent("a"), new UriContent(new Uri("https://example.com/a b.png"), "image/*")])),
        Case("video_address", """[{"role":"user","content":[{"type":"video_url","video_url":{"url":"https://example.com/a.mp4"}}]}]""", new ChatMessage(ChatRole.User, [new UriContent("https://example.com/a.mp4", "video/mp4")])),
        Case("wave", """[{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AQID","format":"wav"}}]}]""", new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1, 2, 3 }, "audio/x-wav")])),
        Case("audio", """[{"role":"user","content":[{"type":"audio_url","audio_url":{"url":"data:audio/mpeg;base64,AQID"}}]}]""", new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1, 2, 3 }, "audio/mpeg")])),
        Case("part_with_a_field", """[{"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}]}]""", new ChatMessage(ChatRole.User, [new TextContent("a") { AdditionalProperties = new() { ["cache_control"] = System.Text.Json.Nodes.JsonNode.Parse("""{"type":"ephemeral"}""") } }])),
        Case("raw_part", """[{"role":"user","content":[{"type":"video_url","video_url":{"url":"https://example.com/a"}}]}]""", new ChatMessage(ChatRole.User, [new AIContent { RawRepresentation = ChatCompletionContentPart.FromVideo("https://example.com/a") }])),
        Case("raw_message", """[{"role":"user","content":"raw"}]""", new ChatMessage(ChatRole.User, "a") { RawRepresentation = ChatCompletionMessage.FromUser("raw") }),
        Case("message_with_fields", """[{"role":"assistant","content":"a","prefix":true}]""", new ChatMessage(ChatRole.Assistant, "a") { AdditionalProperties = new() { ["prefix"] = true, ["_note"] = "private", ["object"] = new object() } }),
        Case("usage_of_a_stream", """[{"role":"assistant","content":"a"}]""", new ChatMessage(ChatRole.Assistant, [new TextContent("a"), new UsageContent(new UsageDetails())])),
        Case("refusal", """[{"role":"assistant","content":"","refusal":"No."}]""", new ChatMessage(ChatRole.Assistant, [new ErrorContent("No.") { ErrorCode = "Refusal" }])),
        Case("tool_call", """[{"role":"assistant","tool_calls":[{"index":0,"id":"1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]}]""", new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "f", new Dictionary<string, object?> { ["a"] = 1 })])),
        Case("tool_call_without_arguments", """[{"role":"assistant","content":"a","tool_calls":[{"index":0,"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}]""", new ChatMessage(ChatRole.Assistant, [new TextContent("a"), new FunctionCallContent("1", "f")])),
        Case("results", """[{"role":"tool","content":"sunny","tool_call_id":"1"},{"role":"tool","content":"{\"a\":1}","tool_call_id":"2"},{"role":"tool","content":"","tool_call_id":"3"}]""", new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", "sunny"), new FunctionResultContent("2", new Dictionary<string, object> { ["a"] = 1 }), new FunctionResultContent("3", null)])),
        Case("results_as_elements", """[{"role":"tool","content":"sunny","tool_call_id":"1"},{"role":"tool","content":"[1]","tool_call_id":"2"}]""", new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", System.Text.Json.JsonSerializer.SerializeToElement("sunny")), new FunctionResultContent("2", System.Text.Json.JsonSerializer.SerializeToElement(new[] { 1 }))])),
        Case("result_of_contents", """[{"role":"tool","content":"ab","tool_call_id":"1"}]""", new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", new AIContent[] { new TextContent("a"), new TextContent("b") })])),
        Case("failed_result", """[{"role":"tool","content":"Error: The function failed.","tool_call_id":"1"}]""", new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", null) { Exception = new InvalidOperationException("secret") }])),
    ];

    [TestCaseSource(nameof(Messages))]
    public async Task Message_is_sent_as(ChatMessage message, string json)
    {
        await using var server = ChatServer.Text();

        await server.Chat.GetResponseAsync([message]);

        Assert.That(server.SentMessages, Is.EqualTo(json));
    }

    private static readonly TestCaseData[] Unsupported =
    [
        Refused("document", "application/pdf", new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "application/pdf")])),
        Refused("hosted_file", "HostedFileContent", new ChatMessage(ChatRole.User, [new HostedFileContent("id")])),
        Refused("image_of_the_system", "system", new ChatMessage(ChatRole.System, [new DataContent(new byte[] { 1 }, "image/png")])),
        Refused("image_of_the_assistant", "assistant", new ChatMessage(ChatRole.Assistant, [new DataContent(new byte[] { 1 }, "image/png")])),
        Refused("error", "ErrorContent", new ChatMessage(ChatRole.Assistant, [new ErrorContent("a")])),
        Refused("call_of_a_user", "FunctionCallContent", new ChatMessage(ChatRole.User, [new FunctionCallContent("1", "f")])),
    ];

    [TestCaseSource(nameof(Unsupported))]
    public async Task Content_that_cannot_be_sent_is_refused(ChatMessage message, string said)
    {
        await using var server = ChatServer.Text();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => server.Chat.GetResponseAsync([message]), Throws.TypeOf<NotSupportedException>().With.Message.Contains(said));
            Assert.That(() => server.Chat.GetStreamingResponseAsync([message]), Throws.TypeOf<NotSupportedException>().With.Message.Contains(said));
            Assert.That(server.Requests, Is.Empty);
        }
    }

    [Test]
    public async Task Result_that_is_no_JSON_is_refused()
    {
        await using var server = ChatServer.Text();

        Assert.That(
            () => server.Chat.GetResponseAsync([new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call-7", new Action(static () => { }))])]),
            Throws.ArgumentException.With.Message.Contains("call-7"));
    }

    [Test]
    public async Task Instructions_are_the_first_message()
    {
        await using var server = ChatServer.Text();

        await server.Chat.GetResponseAsync([new(ChatRole.System, "a"), new(ChatRole.User, "b")], new ChatOptions { Instructions = "Be brief." });

        Assert.That(server.SentMessages, Is.EqualTo("""[{"role":"system","content":"Be brief."},{"role":"system","content":"a"},{"role":"user","content":"b"}]"""));
    }

    [Test]
    public async Task Messages_that_are_null_are_refused()
    {
        await using var server = ChatServer.Text();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => server.Chat.GetResponseAsync((IEnumerable<ChatMessage>)null!), Throws.ArgumentNullException);
            Assert.That(() => server.Chat.GetStreamingResponseAsync((IEnumerable<ChatMessage>)null!), Throws.ArgumentNullException);
            Assert.That(() => server.Chat.GetResponseAsync([null!]), Throws.ArgumentException);
        }
    }

    private static TestCaseData Case(string name, string json, ChatMessage message) => new TestCaseData(message, json).SetArgDisplayNames(name);

    private static TestCaseData Refused(string name, string said, ChatMessage message) => new TestCaseData(message, said).SetArgDisplayNames(name);
}
