using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

/// <summary>Messages and responses, whole and streamed, through the client.</summary>
[CancelAfter(30_000)]
public sealed class DialogTests
{
    private const string Schema = """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","minimum":2}},"required":["city"]}""";

    private TogetherAILocalServer _server = null!;
    private TogetherAIClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0, ApiKey = "local-key", Faults = new TogetherAILocalServerFaults() });
        _client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = _server.Url, ApiKey = "local-key", MaxRetries = 0 });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Message_says_the_same_whole_and_as_a_stream([Values] bool reasons, [Values] bool callsTool, CancellationToken cancellationToken)
    {
        var request = new MessageRequest("m", [MessageInput.FromUser("naïve \"日本語\" weather 👋")], 512)
        {
            System = "Be brief.",
            Thinking = reasons ? MessageThinking.FromBudget(64) : null,
            Tools = callsTool ? [MessageTool.FromFunction("get_weather", "Tells the weather.", Schema)] : null,
        };

        var whole = await _client.Messages.CreateAsync(request, cancellationToken);
        var streamed = new MessageAccumulator();
        await foreach (var chunk in _client.Messages.StreamAsync(request, cancellationToken))
        {
            streamed.Add(chunk);
        }

        var (left, right) = (Canonical(whole), Canonical(streamed.ToResponse()));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(right, Is.EqualTo(left));
            Assert.That(whole.Thinking, reasons ? Is.Not.Empty : Is.Null);
            Assert.That(whole.StopReason, Is.EqualTo(callsTool ? MessageStopReason.ToolUse : MessageStopReason.EndTurn));
            Assert.That(whole.Text, callsTool ? Is.Null : Does.Contain("naïve \"日本語\""));
            Assert.That(whole.ToolUses.Select(block => block.Input!.ToString(Formatting.None)), Is.EqualTo(callsTool ? new[] { """{"city":"city","days":2}""" } : []));
            Assert.That(whole.Usage!.OutputTokens, Is.Positive);
        }
    }

    [Test]
    public async Task Response_says_the_same_whole_and_as_a_stream([Values] bool reasons, [Values] bool callsTool, CancellationToken cancellationToken)
    {
        var request = new ResponseRequest("m", "naïve \"日本語\" weather 👋")
        {
            Instructions = "Be brief.",
            Reasoning = reasons ? new ResponseReasoning { Effort = ResponseReasoningEffort.Low } : null,
            Tools = callsTool ? [ResponseTool.FromFunction("get_weather", "Tells the weather.", Schema)] : null,
        };

        var whole = await _client.Responses.CreateAsync(request, cancellationToken);
        var chunks = await _client.Responses.StreamAsync(request, cancellationToken).ToListAsync(cancellationToken);
        var streamed = new ResponseAccumulator();
        var pieces = new ResponseAccumulator();
        foreach (var chunk in chunks)
        {
            streamed.Add(chunk);
            if (chunk.Type != ResponseChunkType.Completed && chunk.Type != ResponseChunkType.OutputItemDone)
            {
                pieces.Add(chunk);
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Canonical(streamed.ToResponse()), Is.EqualTo(Canonical(whole)));
            Assert.That(pieces.ToResponse().OutputText, Is.EqualTo(whole.OutputText));
            Assert.That(pieces.ToResponse().FunctionCalls.Select(call => call.Arguments), Is.EqualTo(whole.FunctionCalls.Select(call => call.Arguments)));
            Assert.That(streamed.Text, Is.EqualTo(whole.OutputText ?? ""));
            Assert.That(whole.Output[0].Type, Is.EqualTo(reasons ? ResponseItemType.Reasoning : callsTool ? ResponseItemType.FunctionCall : ResponseItemType.Message));
            Assert.That(whole.OutputText, callsTool ? Is.Null : Does.Contain("naïve \"日本語\""));
            Assert.That(whole.FunctionCalls.Select(call => call.Arguments), Is.EqualTo(callsTool ? new[] { """{"city":"city","days":2}""" } : []));
            Assert.That(Parts(chunks, chunk => chunk.ContentIndex is not null), Is.SubsetOf(Parts(chunks, chunk => chunk.Type == ResponseChunkType.ContentPartAdded)), "a part is announced before its pieces");
            Assert.That(chunks.Select(chunk => chunk.SequenceNumber), Is.EqualTo(Enumerable.Range(0, chunks.Count)));
            Assert.That(whole.Usage!.TotalTokens, Is.EqualTo(whole.Usage.InputTokens + whole.Usage.OutputTokens));
        }
    }

    [Test]
    public async Task Result_of_a_tool_is_answered_with_text(CancellationToken cancellationToken)
    {
        var request = new MessageRequest("m", [MessageInput.FromUser("Weather?")], 512) { Tools = [MessageTool.FromFunction("get_weather")] };
        var call = await _client.Messages.CreateAsync(request, cancellationToken);
        request.Messages.Add(MessageInput.FromAssistant(call));
        request.Messages.Add(MessageInput.FromUser([MessageContentBlock.FromToolResult(call.ToolUses[0].Id!, "sunny weather")]));
        var items = new ResponseRequest("m", "Weather?") { Tools = [ResponseTool.FromFunction("get_weather")] };
        var response = await _client.Responses.CreateAsync(items, cancellationToken);
        items.Input = [ResponseItem.FromUser("Weather?"), .. response.Output, ResponseItem.FromFunctionCallOutput(response.FunctionCalls[0].CallId!, "sunny weather")];

        Assert.That((await _client.Messages.CreateAsync(request, cancellationToken)).Text, Does.Contain("sunny weather"));
        Assert.That((await _client.Responses.CreateAsync(items, cancellationToken)).OutputText, Does.Contain("sunny weather"));
    }

    [Test]
    public async Task Limits_stop_sequences_and_formats_are_kept(CancellationToken cancellationToken)
    {
        var limited = await _client.Messages.CreateAsync(new MessageRequest("m", [MessageInput.FromUser("hi")], 3), cancellationToken);
        var stopped = await _client.Messages.CreateAsync(new MessageRequest("m", [MessageInput.FromUser("hi")], 99) { StopSequences = [" local"] }, cancellationToken);
        var short3 = new ResponseRequest("m", "hi") { MaxOutputTokens = 3 };
        var incomplete = await _client.Responses.CreateAsync(short3, cancellationToken);
        var last = (await _client.Responses.StreamAsync(short3, cancellationToken).ToListAsync(cancellationToken))[^1];
        var json = await _client.Responses.CreateAsync(new ResponseRequest("m", "hi") { Text = new ResponseTextOptions { Format = ResponseTextFormat.FromJsonSchema("n", Schema) } }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((limited.Text, limited.StopReason), Is.EqualTo(("I am a", MessageStopReason.MaxTokens)));
            Assert.That((stopped.Text, stopped.StopReason, stopped.StopSequence), Is.EqualTo(("I am a", MessageStopReason.StopSequence, " local")));
            Assert.That((incomplete.OutputText, incomplete.Status, incomplete.IncompleteDetails?.Reason), Is.EqualTo(("I am a", ResponseStatus.Incomplete, "max_output_tokens")));
            Assert.That((last.Type, last.Response!.OutputText), Is.EqualTo((ResponseChunkType.Incomplete, "I am a")));
            Assert.That(json.OutputText, Is.EqualTo("""{"city":"city","days":2}"""));
        }
    }

    [TestCase("v1/messages", """{"model":"m","messages":[{"role":"user","content":"x"}]}""", "max_tokens")]
    [TestCase("v1/messages", """{"model":"m","max_tokens":9,"messages":[]}""", "messages")]
    [TestCase("v1/messages", """{"model":"m","max_tokens":9,"messages":[{"role":"system","content":"x"}]}""", "messages")]
    [TestCase("v1/messages", """{"model":"m","max_tokens":9,"messages":[{"role":"user","content":[{"type":"tool_result"}]}]}""", "messages")]
    [TestCase("v1/messages", """{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"}],"tools":[{"name":"f"}]}""", "tools")]
    [TestCase("v1/messages", """{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"}],"tool_choice":"auto"}""", "tool_choice")]
    [TestCase("v1/responses", """{"model":"m"}""", "input")]
    [TestCase("v1/responses", """{"model":"m","input":[]}""", "input")]
    [TestCase("v1/responses", """{"model":"m","input":[{"role":"nobody","content":"x"}]}""", "input")]
    [TestCase("v1/responses", """{"model":"m","input":"x","tools":[{"type":"function","function":{"name":"f"}}]}""", "tools")]
    [TestCase("v1/responses", """{"model":"m","input":"x","previous_response_id":"resp_1"}""", "previous_response_id")]
    public async Task Wrong_field_is_named_in_the_error(string path, string body, string field, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = _server.Url, DefaultRequestHeaders = { Authorization = new("Bearer", "local-key") } };

        using var response = await http.PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), cancellationToken);
        var error = JObject.Parse(await response.Content.ReadAsStringAsync(cancellationToken));

        Assert.That(((int)response.StatusCode, (string?)error["error"]!["param"]), Is.EqualTo((400, field)), error.ToString());
        Assert.That((string?)error["type"], Is.EqualTo(path == "v1/messages" ? "error" : null));
    }

    [TestCase("x-api-key", "local-key", ExpectedResult = 200)]
    [TestCase("x-api-key", "wrong", ExpectedResult = 401)]
    [TestCase("Authorization", "Bearer local-key", ExpectedResult = 200)]
    public async Task<int> Key_of_a_message_may_stand_in_a_header_of_its_own(string header, string value, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = _server.Url };
        http.DefaultRequestHeaders.Add(header, value);

        using var response = await http.PostAsync("v1/messages", new StringContent("""{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"}]}""", System.Text.Encoding.UTF8, "application/json"), cancellationToken);

        return (int)response.StatusCode;
    }

    [TestCase(TogetherAILocalServerFault.Reset, TogetherAIStreamFailure.ConnectionLost)]
    [TestCase(TogetherAILocalServerFault.Truncation, TogetherAIStreamFailure.Incomplete)]
    [TestCase(TogetherAILocalServerFault.Garbage, TogetherAIStreamFailure.MalformedEvent)]
    [TestCase(TogetherAILocalServerFault.ErrorEvent, TogetherAIStreamFailure.ServerError)]
    public async Task Fault_inside_a_stream_is_its_exception(TogetherAILocalServerFault fault, TogetherAIStreamFailure failure, CancellationToken cancellationToken)
    {
        var options = new TogetherAIRequestOptions();
        options.Headers.Add(TogetherAILocalServerFaultNames.Header, TogetherAILocalServerFaultNames.Of(fault));

        using (Assert.EnterMultipleScope())
        {
            await Assert.ThatAsync(
                () => _client.Messages.StreamTokensAsync(new MessageRequest("m", [MessageInput.FromUser("Write 20 words")], 99), options, cancellationToken).ToListAsync(cancellationToken).AsTask(),
                Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(failure));
            await Assert.ThatAsync(
                () => _client.Responses.StreamTokensAsync(new ResponseRequest("m", "Write 20 words"), options, cancellationToken).ToListAsync(cancellationToken).AsTask(),
                Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(failure));
        }
    }

    private static IEnumerable<(int?, int?)> Parts(IEnumerable<ResponseChunk> chunks, Func<ResponseChunk, bool> isMeant)
        => chunks.Where(isMeant).Select(chunk => (chunk.OutputIndex, chunk.ContentIndex)).Distinct();

    // What differs from call to call are the ids, which are made of that of the request.
    private static string Canonical(object response)
        => System.Text.RegularExpressions.Regex.Replace(JToken.FromObject(response).ToString(Formatting.None), "[0-9a-f]{16}-LOCAL", "ID");
}
