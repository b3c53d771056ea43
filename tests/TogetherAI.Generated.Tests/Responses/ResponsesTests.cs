using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Responses;

[CancelAfter(30_000)]
public sealed class ResponsesTests
{
    private const string Path = "/v1/responses";

    private static ResponseRequest Request => new("org/model", "2+2=");

    [Test]
    public async Task Create_response_is_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", Path, """
            {"id":"resp_1","object":"response","created_at":1780000000.5,"status":"completed","model":"m","output":[{"type":"reasoning","summary":[],"content":[{"type":"reasoning_text","text":"Easy."}]},
             {"type":"message","role":"assistant","content":[{"type":"output_text","text":"4","annotations":[]},{"type":"refusal","refusal":"No."},{"type":"output_text","text":"!"}]},
             {"type":"function_call","call_id":"c","name":"f","arguments":"{}"},{"type":"later","x":1}],"error":null,"text":{"format":{"type":"text"}},"usage":{"input_tokens":3,"output_tokens":2,"total_tokens":5}}
            """);

        var response = await server.Client.Responses.CreateAsync(Request, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.OutputText, Is.EqualTo("4!"));
            Assert.That(response.FunctionCalls.Single().CallId, Is.EqualTo("c"));
            Assert.That(response.Status, Is.EqualTo(ResponseStatus.Completed));
            Assert.That(response.CreatedAt!.Value.ToUnixTimeSeconds(), Is.EqualTo(1780000000));
            Assert.That(response.Output[3].Type!.Value, Is.EqualTo("later"));
            Assert.That(response.Usage!.TotalTokens, Is.EqualTo(5));
            Assert.That(server.Received.Body, Is.EqualTo("""{"model":"org/model","input":"2+2=","stream":false}"""));
        }
    }

    [Test]
    public async Task Output_is_sent_back_as_it_came(CancellationToken cancellationToken)
    {
        const string Output = """[{"type":"reasoning","id":"r","summary":[],"encrypted_content":"x"},{"type":"function_call","call_id":"c","name":"f","arguments":"{}","later":1},{"type":"mcp_call","error":{"code":1}}]""";
        using var server = MockServer.Json("POST", Path, $$"""{"output":{{Output}}}""");
        var response = await server.Client.Responses.CreateAsync(Request, cancellationToken: cancellationToken);

        ResponseInput next = [ResponseItem.FromUser("2+2="), .. response.Output, ResponseItem.FromFunctionCallOutput("c", "21")];

        var sent = (JArray)JToken.FromObject(next, NewtonsoftJson.Writer);
        Assert.That(JToken.DeepEquals(new JArray(sent.Skip(1).Take(3)), JToken.Parse(Output)), Is.True, sent.ToString());
        Assert.That(JToken.DeepEquals(sent[4], JToken.Parse("""{"type":"function_call_output","call_id":"c","output":"21"}""")), Is.True);
    }

    [Test]
    public async Task Tools_and_formats_are_sent(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", Path, """{"output":[]}""");
        var request = Request;
        request.Tools = [ResponseTool.FromFunction("f", "Does it.", """{"type":"object"}""", strict: true), ResponseTool.FromRemoteServer("news", "https://a/mcp")];
        request.ToolChoice = ResponseToolChoice.FromFunction("f");
        request.Text = new ResponseTextOptions { Format = ResponseTextFormat.FromJsonSchema("n", """{"type":"object"}""") };
        request.Reasoning = new ResponseReasoning { Effort = ResponseReasoningEffort.Low };

        await server.Client.Responses.CreateAsync(request, cancellationToken: cancellationToken);

        Assert.That(server.ReceivedJson, Is.EqualTo(JToken.Parse("""
            {"model":"org/model","input":"2+2=","tools":[{"type":"function","name":"f","description":"Does it.","parameters":{"type":"object"},"strict":true},{"type":"mcp","server_label":"news","server_url":"https://a/mcp"}],
             "tool_choice":{"type":"function","name":"f"},"reasoning":{"effort":"low"},"text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"}}},"stream":false}
            """)).Using<JToken>(JToken.DeepEquals));
    }

    [TestCase("""{"status":"failed","error":{"code":"server_error","message":"It broke"},"output":[]}""", "It broke", "server_error")]
    [TestCase("""{"status":"failed","error":null,"output":[]}""", "The response failed and gave no reason.", null)]
    [TestCase("""{"error":{"message":"It broke","type":"server_error"}}""", "It broke", null)]
    public async Task Response_that_failed_is_thrown(string body, string message, string? code)
    {
        using var server = MockServer.Json("POST", Path, body);

        var exception = await Failures.Of<TogetherAIServerException>(() => server.Client.Responses.CreateAsync(Request));

        Assert.That((exception.ServerMessage, exception.ErrorCode), Is.EqualTo((message, code)));
    }

    [TestCase("""{"id":"resp_1","status":"completed"}""", "output")]
    [TestCase("""{"output":"text"}""", "output")]
    public async Task Response_without_a_readable_output_is_no_empty_response(string body, string field)
    {
        using var server = MockServer.Json("POST", Path, body);

        await Assert.ThatAsync(() => server.Client.Responses.CreateAsync(Request), Throws.TypeOf<TogetherAIInvalidResponseException>().With.Message.Contains(field));
    }

    [Test]
    public async Task Stream_gives_text_reasoning_tools_and_usage_and_tokens_are_the_text([Values] bool isDone, CancellationToken cancellationToken)
    {
        await using var server = RawServer.Streaming(ResponseFrames.Everything, isDone ? Frames.Done : "");
        using var client = Clients.ForAll(server);
        TogetherAICallSummary? summary = null;

        var chunks = await client.Responses.StreamAsync(Request, cancellationToken).ToListAsync(cancellationToken);
        var texts = await client.Responses.StreamTokensAsync(Request, new TogetherAIRequestOptions { Completed = value => summary = value }, cancellationToken).ToListAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "A", "hoy" }));
            Assert.That(chunks.Select(chunk => chunk.Text).OfType<string>(), Is.EqualTo(texts));
            Assert.That(string.Concat(chunks.Select(chunk => chunk.Reasoning)), Is.EqualTo("Hmm."));
            Assert.That(chunks[^1].Type, Is.EqualTo(ResponseChunkType.Completed));
            Assert.That(summary!.FinishReason, Is.EqualTo("completed"));
            Assert.That((summary.Usage!.PromptTokens, summary.Usage.CompletionTokens, summary.Usage.TotalTokens), Is.EqualTo((8, 5, 13)));
            Assert.That((summary.Usage.CachedTokens, summary.Usage.ReasoningTokens), Is.EqualTo((2, 3)));
        }
    }

    [Test]
    public async Task Incomplete_response_ends_its_stream_and_says_why(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Streaming(ResponseFrames.Event("""{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[]}}"""));
        using var client = Clients.ForAll(server);
        TogetherAICallSummary? summary = null;

        var chunks = await client.Responses.StreamAsync(Request, new TogetherAIRequestOptions { Completed = value => summary = value }, cancellationToken).ToListAsync(cancellationToken);

        Assert.That((chunks.Single().Response!.IncompleteDetails!.Reason, summary!.FinishReason), Is.EqualTo(("max_output_tokens", "max_output_tokens")));
    }

    [TestCase("""{"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"It broke"}}}""", "It broke", "server_error")]
    [TestCase("""{"type":"response.failed","response":{"status":"failed","error":null}}""", null, null)]
    [TestCase("""{"type":"error","code":"server_error","message":"It broke","param":null}""", "It broke", "server_error")]
    [TestCase("""{"type":"error","error":{"type":"t","code":"server_error","message":"It broke","param":"p"}}""", "It broke", "server_error")]
    public async Task Failure_in_a_stream_says_what_failed(string data, string? message, string? code)
    {
        await using var server = RawServer.Streaming(ResponseFrames.Event(data));
        using var client = Clients.ForAll(server);

        var (_, exception) = await Failures.After<TogetherAIStreamException>(client.Responses.StreamTokensAsync(Request));

        Assert.That((exception.Failure, exception.ServerMessage, exception.ErrorCode), Is.EqualTo((TogetherAIStreamFailure.ServerError, message, code)));
    }

    [Test]
    public async Task Secret_of_a_tool_that_the_server_repeats_stands_nowhere()
    {
        using var server = MockServer.Json("POST", Path, """{"error":{"message":"bad token tool-secret-1 and header-secret-2"}}""", status: 400);
        var request = Request;
        var tool = ResponseTool.FromRemoteServer("news", "https://a/mcp");
        tool.Authorization = "tool-secret-1";
        tool.Headers = new Dictionary<string, string> { ["x"] = "header-secret-2" };
        request.Tools = [tool];

        var exception = await Failures.Of<TogetherAIInvalidRequestException>(() => server.Client.Responses.CreateAsync(request));

        Assert.That(exception.ToString() + exception.ResponseBody, Does.Not.Contain("tool-secret-1").And.Not.Contain("header-secret-2"));
    }
}
