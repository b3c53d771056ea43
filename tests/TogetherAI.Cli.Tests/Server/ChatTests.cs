using Microsoft.Extensions.Time.Testing;
using Newtonsoft.Json.Linq;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

public sealed class ChatTests
{
    private const string Path = "v1/chat/completions";

    private static readonly ChatCompletionTool Weather = ChatCompletionTool.FromFunction(
        "get_weather",
        "Tells the weather.",
        """{"type":"object","properties":{"city":{"type":"string"},"unit":{"enum":["c","f"]},"days":{"type":"integer","minimum":2}},"required":["city"]}""");

    private TogetherAILocalServer _server = null!;
    private TogetherAIClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0, TimeProvider = new FakeTimeProvider(DateTimeOffset.UnixEpoch) });
        _client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = _server.Url, ApiKey = "any", MaxRetries = 0 });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test, CancelAfter(30_000)]
    public async Task Echo_fills_the_prompt_of_the_answer([Values(true, null)] bool? echo, CancellationToken cancellationToken)
    {
        var request = new ChatCompletionRequest { Model = "m", Messages = [ChatCompletionMessage.FromUser("Say hello")], Echo = echo };

        var answer = await _client.Chat.CompleteAsync(request, cancellationToken: cancellationToken);

        Assert.That(answer.Prompt!.Select(part => part.Text), Is.EqualTo(echo == true ? new[] { "Say hello" } : []));
    }

    [Test, CancelAfter(30_000)]
    public async Task Stream_bytes_are_the_documented_wire_form(CancellationToken cancellationToken)
    {
        using var response = await PlainHttp.PostToAsync(
            _server, Path, """{"model":"m","messages":[{"role":"user","content":"Write 1 words"}],"stream":true}""", cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);

        var head = $$"""data: {"id":"{{response.Headers.GetValues("x-request-id").Single()}}","object":"chat.completion.chunk","created":0,"model":"m","choices":[""";
        var expected =
            $$$"""
            {{{head}}}{"index":0,"delta":{"role":"assistant","content":"I"},"text":"I","finish_reason":null,"logprobs":null}],"usage":null}

            {{{head}}}{"index":0,"delta":{"role":"assistant","content":""},"text":"","finish_reason":"stop","logprobs":null}],"usage":null}

            {{{head}}}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}

            data: [DONE]


            """.ReplaceLineEndings("\n");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Is.EqualTo(expected));
            Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/event-stream; charset=utf-8"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Stream_and_whole_answer_say_the_same(CancellationToken cancellationToken)
    {
        var request = Request("naïve \"日本語\" 👋", request =>
        {
            request.Count = 2;
            request.ReasoningEffort = ChatCompletionReasoningEffort.Low;
        });

        var whole = await _client.Chat.CompleteAsync(request, cancellationToken: cancellationToken);
        var streamed = await StreamAsync(request, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole.Choices, Has.Count.EqualTo(2));
            Assert.That(whole.Choices[0].Message!.Content, Does.Contain("naïve \"日本語\" 👋"));
            Assert.That(whole.Choices[0].Message!.Reasoning, Is.Not.Empty);
            Assert.That(streamed.Choices.Select(choice => choice.Message!.Content), Is.EqualTo(whole.Choices.Select(choice => choice.Message!.Content)));
            Assert.That(streamed.Choices.Select(choice => choice.Message!.Reasoning), Is.EqualTo(whole.Choices.Select(choice => choice.Message!.Reasoning)));
            Assert.That(streamed.Choices.Select(choice => choice.FinishReason), Is.All.EqualTo(FinishReason.Stop));
            Assert.That(streamed.Usage!.TotalTokens, Is.EqualTo(whole.Usage!.TotalTokens));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Tool_that_the_prompt_asks_for_is_called_with_arguments_of_its_schema(CancellationToken cancellationToken)
    {
        var request = Request("What is the weather in Paris?", request => request.Tools = [Weather]);

        var whole = await _client.Chat.CompleteAsync(request, cancellationToken: cancellationToken);
        var streamed = await StreamAsync(request, cancellationToken);

        var calls = new[] { whole, streamed }.Select(answer => answer.Choices[0].Message!.ToolCalls!.Single()).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(calls.Select(call => call.Function.Name), Is.All.EqualTo("get_weather"));
            Assert.That(calls.Select(call => call.Function.Arguments), Is.All.EqualTo("""{"city":"city","unit":"c","days":2}"""));
            Assert.That(calls.Select(call => call.Id), Has.All.StartsWith("call_"));
            Assert.That(new[] { whole, streamed }.Select(answer => answer.Choices[0].FinishReason), Is.All.EqualTo(FinishReason.ToolCalls));
            Assert.That(whole.Choices[0].Message!.Content, Is.Null);
        }
    }

    [TestCase("Hello", "auto", 0)]
    [TestCase("Weather?", "none", 0)]
    [TestCase("Hello", "required", 1)]
    [TestCase("Hello", "get_weather", 1)]
    [CancelAfter(30_000)]
    public async Task Tool_choice_decides_over_calls(string prompt, string choice, int expected, CancellationToken cancellationToken)
    {
        var request = Request(prompt, request =>
        {
            request.Tools = [Weather];
            request.ToolChoice = choice == "get_weather" ? ChatCompletionToolChoice.FromFunction(choice) : choice;
        });

        var answer = await _client.Chat.CompleteAsync(request, cancellationToken: cancellationToken);

        Assert.That(answer.Choices[0].Message!.ToolCalls, Has.Count.EqualTo(expected));
    }

    [Test, CancelAfter(30_000)]
    public async Task Result_of_a_tool_is_answered_with_text(CancellationToken cancellationToken)
    {
        var request = Request("Weather?", request => request.Tools = [Weather]);
        var first = await _client.Chat.CompleteAsync(request, cancellationToken: cancellationToken);
        request.Messages.Add(first.Choices[0].Message!);
        request.Messages.Add(ChatCompletionMessage.FromTool(first.Choices[0].Message!.ToolCalls![0].Id, "sunny weather"));

        var answer = await _client.Chat.CompleteAsync(request, cancellationToken: cancellationToken);

        Assert.That(answer.Choices[0].Message!.Content, Does.Contain("sunny weather"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Answer_follows_a_JSON_schema(CancellationToken cancellationToken)
    {
        var schema = JToken.Parse("""{"type":"object","properties":{"tags":{"type":"array","minItems":2,"items":{"$ref":"#/$defs/tag"}},"ok":{"type":"boolean"}},"$defs":{"tag":{"type":"string","maxLength":2}}}""");
        var request = Request("hi", request => request.ResponseFormat = ChatCompletionResponseFormat.FromJsonSchema("answer", schema));

        var answer = await _client.Chat.CompleteAsync(request, cancellationToken: cancellationToken);

        Assert.That(answer.Choices[0].Message!.Content, Is.EqualTo("""{"tags":["ta","ta"],"ok":true}"""));
    }

    [Test, CancelAfter(30_000)]
    public async Task Log_probabilities_stop_texts_and_limits_are_kept(CancellationToken cancellationToken)
    {
        var limited = await _client.Chat.CompleteAsync(Request("hi", request => (request.MaxTokens, request.LogProbabilities) = (3, 1)), cancellationToken: cancellationToken);
        var stopped = await _client.Chat.CompleteAsync(Request("hi", request => request.Stop = " local"), cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(limited.Choices[0].FinishReason, Is.EqualTo(FinishReason.Length));
            Assert.That(limited.Choices[0].LogProbabilities!.Lists!.Tokens, Is.EqualTo(new[] { "I", " am", " a" }));
            Assert.That(stopped.Choices[0].Message!.Content, Is.EqualTo("I am a"));
            Assert.That(stopped.Choices[0].FinishReason, Is.EqualTo(FinishReason.Stop));
        }
    }

    [TestCase("""{"messages":[{"role":"user","content":"x"}]}""", "model")]
    [TestCase("""{"model":"m","messages":[]}""", "messages")]
    [TestCase("""{"model":"m","messages":"x"}""", "messages")]
    [TestCase("""{"model":"m","messages":[{"role":"nobody","content":"x"}]}""", "messages")]
    [TestCase("""{"model":"m","messages":[{"role":"user"}]}""", "messages")]
    [TestCase("""{"model":"m","messages":[{"role":"user","content":"x"}],"n":129}""", "n")]
    [TestCase("""{"model":"m","messages":[{"role":"user","content":"x"}],"top_p":"1"}""", "top_p")]
    [TestCase("""{"model":"m","messages":[{"role":"user","content":"x"}],"stop":[1]}""", "stop")]
    [TestCase("""{"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{}]}""", "tools")]
    [TestCase("""{"model":"m","messages":[{"role":"user","content":"x"}],"tool_choice":"f"}""", "tool_choice")]
    [TestCase("""{"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema"}}""", "response_format")]
    [CancelAfter(30_000)]
    public async Task Wrong_field_is_named_in_the_error(string body, string field, CancellationToken cancellationToken)
    {
        using var response = await PlainHttp.PostToAsync(_server, Path, body, cancellationToken);
        var error = (await PlainHttp.JsonAsync(response, cancellationToken))["error"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(400));
            Assert.That(error["param"]!.GetValue<string>(), Is.EqualTo(field));
            Assert.That(error["type"]!.GetValue<string>(), Is.EqualTo("invalid_request_error"));
        }
    }

    private static ChatCompletionRequest Request(string prompt, Action<ChatCompletionRequest> change)
    {
        var request = new ChatCompletionRequest { Model = "m", Messages = [ChatCompletionMessage.FromUser(prompt)] };
        change(request);
        return request;
    }

    private async Task<ChatCompletionResponse> StreamAsync(ChatCompletionRequest request, CancellationToken cancellationToken)
    {
        var accumulator = new ChatCompletionAccumulator();
        await foreach (var chunk in _client.Chat.StreamAsync(request, cancellationToken: cancellationToken))
        {
            accumulator.Add(chunk);
        }

        return accumulator.ToResponse();
    }
}
