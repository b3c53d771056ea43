using System.Net;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Messages;

[CancelAfter(30_000)]
public sealed class MessagesTests
{
    private const string Path = "/v1/messages";

    private static MessageRequest Request => new("org/model", [MessageInput.FromUser("2+2=")], 100);

    [Test]
    public async Task Create_message_is_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", Path, """
            {"id":"msg_1","type":"message","role":"assistant","model":"org/model","content":[{"type":"thinking","thinking":"Easy.","signature":"s"},{"type":"text","text":"4"},{"type":"tool_use","id":"t","name":"add","input":{"a":2}},{"type":"text","text":"!"}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":2}}
            """);

        var message = await server.Client.Messages.CreateAsync(Request, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(message.Text, Is.EqualTo("4!"));
            Assert.That(message.Thinking, Is.EqualTo("Easy."));
            Assert.That(message.ToolUses.Single().Input!["a"]!.Value<int>(), Is.EqualTo(2));
            Assert.That(message.StopReason, Is.EqualTo(MessageStopReason.ToolUse));
            Assert.That(message.Usage!.InputTokens, Is.EqualTo(3));
            Assert.That(server.Received.Body, Is.EqualTo("""{"model":"org/model","messages":[{"role":"user","content":"2+2="}],"max_tokens":100,"stream":false}"""));
        }
    }

    [Test]
    public async Task Message_is_sent_back_as_it_came(CancellationToken cancellationToken)
    {
        const string Content = """[{"type":"thinking","thinking":"Hm","signature":"s"},{"type":"redacted_thinking","data":"x"},{"type":"tool_use","id":"t","name":"f","input":{},"caller":{"type":"direct"}}]""";
        using var server = MockServer.Json("POST", Path, $$"""{"role":"assistant","content":{{Content}}}""");
        var request = Request;

        request.Messages.Add(MessageInput.FromAssistant(await server.Client.Messages.CreateAsync(request, cancellationToken: cancellationToken)));

        var sent = JObject.FromObject(request.Messages[1], NewtonsoftJson.Writer);
        Assert.That(JToken.DeepEquals(sent["content"], JToken.Parse(Content)), Is.True, sent.ToString());
        Assert.That((string?)sent["role"], Is.EqualTo("assistant"));
    }

    [Test]
    public async Task Tools_and_their_results_are_sent(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", Path, """{"content":[]}""");
        var request = Request;
        request.System = "Be brief.";
        request.Tools = [MessageTool.FromFunction("f", "Does it.", """{"type":"object"}"""), MessageTool.FromFunction("g")];
        request.ToolChoice = MessageToolChoice.FromTool("f");
        request.Thinking = MessageThinking.FromBudget(2000);
        request.Messages.Add(MessageInput.FromUser([MessageContentBlock.FromToolResult("t", "21"), MessageContentBlock.FromImage(new byte[] { 1 }, "image/png")]));

        await server.Client.Messages.CreateAsync(request, cancellationToken: cancellationToken);

        Assert.That(server.ReceivedJson, Is.EqualTo(JToken.Parse("""
            {"model":"org/model","messages":[{"role":"user","content":"2+2="},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"21"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQ=="}}]}],
             "max_tokens":100,"system":"Be brief.","stream":false,"tools":[{"name":"f","input_schema":{"type":"object"},"description":"Does it."},{"name":"g","input_schema":{"type":"object"}}],
             "tool_choice":{"type":"tool","name":"f"},"thinking":{"type":"enabled","budget_tokens":2000}}
            """)).Using<JToken>(JToken.DeepEquals));
    }

    [TestCase("""{"id":"msg_1","role":"assistant"}""", "content")]
    [TestCase("""{"content":"text"}""", "content")]
    [TestCase("""{"content":[{"type":"text","text":{"a":1}}]}""", "text")]
    public async Task Response_without_a_readable_content_is_no_empty_message(string body, string field)
    {
        using var server = MockServer.Json("POST", Path, body);

        await Assert.ThatAsync(() => server.Client.Messages.CreateAsync(Request), Throws.TypeOf<TogetherAIInvalidResponseException>().With.Message.Contains(field));
    }

    [Test]
    public async Task Error_of_the_protocol_is_understood()
    {
        using var server = MockServer.Json("POST", Path, """{"type":"error","error":{"type":"overloaded_error","message":"Busy"},"request_id":"req_1"}""", status: 529);

        var exception = await Failures.Of<TogetherAIServerException>(() => server.Client.Messages.CreateAsync(Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.StatusCode, Is.EqualTo((HttpStatusCode)529));
            Assert.That(exception.ErrorType, Is.EqualTo("overloaded_error"));
            Assert.That(exception.ServerMessage, Is.EqualTo("Busy"));
            Assert.That(exception.RequestId, Is.EqualTo("req_1"));
        }
    }

    [Test]
    public async Task Error_with_success_is_a_failure()
    {
        using var server = MockServer.Json("POST", Path, """{"type":"error","error":{"type":"api_error","message":"It broke"}}""");

        await Assert.ThatAsync(() => server.Client.Messages.CreateAsync(Request), Throws.TypeOf<TogetherAIServerException>().With.Property("ServerMessage").EqualTo("It broke"));
    }

    [Test]
    public async Task Error_in_a_stream_says_what_failed()
    {
        await using var server = RawServer.Streaming("event: error\n", Frames.Data("""{"type":"error","error":{"type":"overloaded_error","message":"Busy"},"request_id":"req_1"}"""));
        using var client = Clients.ForAll(server);

        var (_, exception) = await Failures.After<TogetherAIStreamException>(client.Messages.StreamTokensAsync(Request));

        Assert.That((exception.ErrorType, exception.ServerMessage, exception.RequestId), Is.EqualTo(("overloaded_error", "Busy", "req_1")));
    }

    [Test]
    public async Task Stream_gives_text_thinking_tools_and_usage_and_tokens_are_the_text(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Streaming(MessageFrames.Everything);
        using var client = Clients.ForAll(server);
        TogetherAICallSummary? summary = null;

        var chunks = await client.Messages.StreamAsync(Request, cancellationToken).ToListAsync(cancellationToken);
        var texts = await client.Messages.StreamTokensAsync(Request, new TogetherAIRequestOptions { Completed = value => summary = value }, cancellationToken).ToListAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "A", "hoy" }));
            Assert.That(chunks.Select(chunk => chunk.Text).OfType<string>(), Is.EqualTo(texts));
            Assert.That(chunks[0].Message!.Usage!.InputTokens, Is.EqualTo(11));
            Assert.That(chunks[^1].Type, Is.EqualTo(MessageChunkType.MessageStop));
            Assert.That(chunks.Any(chunk => chunk.Type == MessageChunkType.Ping), Is.True);
            Assert.That(summary!.FinishReason, Is.EqualTo("tool_use"));
            Assert.That((summary.Usage!.PromptTokens, summary.Usage.CompletionTokens, summary.Usage.CachedTokens), Is.EqualTo((11, 6, 4)));
        }
    }
}
