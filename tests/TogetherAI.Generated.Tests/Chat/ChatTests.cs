using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Chat;

public sealed class ChatTests
{
    private const string Path = "/v1/chat/completions";

    private static ChatCompletionRequest Question => new() { Model = "org/model", Messages = [ChatCompletionMessage.FromUser("Where?")] };

    [Test, CancelAfter(30_000)]
    public async Task Complete_answer_is_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", Path, """
            {"id":"a-1","object":"chat.completion","created":1.78e9,"model":"org/model","prompt":[],"choices":[{"index":0,"seed":15924764223251450000,
            "finish_reason":"eos","logprobs":null,"message":{"role":"assistant","content":"Paris.","tool_calls":[],"reasoning":"France."}}],
            "usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7,"prompt_tokens_details":null},"warnings":[{"message":"ignored"}],"more":1}
            """);

        var answer = await server.Client.Chat.CompleteAsync(Question, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Text, Is.EqualTo("Paris."));
            Assert.That(answer.Choices[0].Message!.Reasoning, Is.EqualTo("France."));
            Assert.That(answer.Choices[0].FinishReason, Is.EqualTo(FinishReason.EndOfSequence));
            Assert.That(answer.Choices[0].Seed, Is.EqualTo(15924764223251450000m));
            Assert.That(answer.Created, Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(1780000000)));
            Assert.That(answer.Usage!.TotalTokens, Is.EqualTo(7));
            Assert.That(answer.Warnings![0].Message, Is.EqualTo("ignored"));
            Assert.That((int)answer.AdditionalProperties["more"]!, Is.EqualTo(1));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Complete_request_has_what_was_set_and_nothing_else(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", Path, """{"choices":[]}""");
        var request = Question;
        request.Temperature = 0;
        request.Stop = "\n";
        request.ResponseFormat = ChatCompletionResponseFormat.FromJsonSchema("city", JObject.Parse("""{"type":"object"}"""), strict: true);
        request.Tools = [ChatCompletionTool.FromFunction("now", "The time.", """{"type":"object","$ref":"#/x"}""")];
        request.ToolChoice = ChatCompletionToolChoice.FromFunction("now");
        request.LogitBias = new Dictionary<string, double> { ["12"] = -1.5 };

        await server.Client.Chat.CompleteAsync(request, cancellationToken: cancellationToken);

        Assert.That(server.ReceivedJson, Is.EqualTo(JToken.Parse("""
            {"model":"org/model","messages":[{"role":"user","content":"Where?"}],"stop":"\n","temperature":0.0,"logit_bias":{"12":-1.5},"stream":false,
            "response_format":{"type":"json_schema","json_schema":{"name":"city","schema":{"type":"object"},"strict":true}},
            "tools":[{"type":"function","function":{"name":"now","description":"The time.","parameters":{"type":"object","$ref":"#/x"}}}],
            "tool_choice":{"type":"function","function":{"name":"now"}}}
            """)).Using<JToken>(JToken.DeepEquals));
    }

    [Test]
    public void Complete_values_out_of_bounds_are_refused_before_anything_is_sent()
    {
        using var client = new TogetherAIClient(new TogetherAIOptions { ApiKey = "test-key" });
        var tooMany = Question;
        tooMany.Count = 129;
        var badName = Question;
        badName.ResponseFormat = ChatCompletionResponseFormat.FromJsonSchema("a b", new JObject());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => client.Chat.CompleteAsync(tooMany), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("request.Count"));
            Assert.That(() => client.Chat.CompleteAsync(badName), Throws.TypeOf<ArgumentException>().With.Property("ParamName").EqualTo("request.ResponseFormat.JsonSchema.Name"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task StreamTokens_yields_content_alone(CancellationToken cancellationToken)
    {
        using var server = MockServer.Events(
            Path,
            """{"choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":"Hmm"},"text":"Hmm","finish_reason":null}],"usage":null}""",
            """{"choices":[{"index":0,"delta":{"content":"Par"},"text":"Par","logprobs":-0.5,"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{"content":"is"},"text":"is","finish_reason":"stop"}]}""",
            """{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""");

        var texts = await server.Client.Chat.StreamTokensAsync(Question, cancellationToken: cancellationToken).ToListAsync(cancellationToken);

        Assert.That(texts, Is.EqualTo(new[] { "Par", "is" }));
        Assert.That((bool)server.ReceivedJson["stream"]!, Is.True);
    }

    [TestCase("151645")]
    [TestCase("\"\\n\"")]
    [TestCase("null")]
    [CancelAfter(30_000)]
    public async Task Stream_reads_what_ended_generation_as_a_number_or_a_text(string stop, CancellationToken cancellationToken)
    {
        using var server = MockServer.Events(
            Path,
            $$$"""{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop","matched_stop":{{{stop}}},"stop_reason":{{{stop}}}}]}""");

        var chunks = await server.Client.Chat.StreamAsync(Question, cancellationToken: cancellationToken).ToListAsync(cancellationToken);

        var choice = chunks.Single().Choices!.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(JToken.FromObject(choice.MatchedStop ?? JValue.CreateNull()).ToString(Formatting.None), Is.EqualTo(stop));
            Assert.That(JToken.FromObject(choice.StopReason ?? JValue.CreateNull()).ToString(Formatting.None), Is.EqualTo(stop));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Stream_chunks_add_up_to_the_answer(CancellationToken cancellationToken)
    {
        using var server = MockServer.Events(
            Path,
            """{"id":"a-1","choices":[{"index":0,"delta":{"role":"assistant","reasoning":"Hm"},"finish_reason":null}],"usage":null}""",
            """{"id":"a-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"a\""}}]},"finish_reason":null}]}""",
            """{"id":"a-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":null,"function":{"name":null,"arguments":":1}"}}]},"finish_reason":"tool_calls"}]}""",
            """{"id":"a-1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":7,"total_tokens":16}}""");
        var answer = new ChatCompletionAccumulator();

        await foreach (var chunk in server.Client.Chat.StreamAsync(Question, cancellationToken: cancellationToken))
        {
            answer.Add(chunk);
        }

        var whole = answer.ToResponse();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole.Id, Is.EqualTo("a-1"));
            Assert.That(whole.Usage!.TotalTokens, Is.EqualTo(16));
            Assert.That(MockServer.Sent(ChatCompletionMessage.FromAssistant(whole.Choices[0].Message!)), Is.EqualTo(
                """{"role":"assistant","tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}],"reasoning":"Hm"}"""));
        }
    }

    [TestCase("overloaded", ExpectedResult = "overloaded")]
    [TestCase("[object Object]", ExpectedResult = null)]
    [CancelAfter(30_000)]
    public async Task<string?> Stream_choice_that_failed_is_a_failure_of_the_server(string said, CancellationToken cancellationToken)
    {
        using var server = MockServer.Events(
            Path,
            """{"choices":[{"index":0,"delta":{"content":"Par"},"finish_reason":null}]}""",
            $$$"""{"id":"","choices":[{"index":0,"delta":{"content":""},"finish_reason":"error","error":"{{{said}}}"}]}""");
        var texts = new List<string>();
        TogetherAIStreamException? failure = null;

        try
        {
            await foreach (var text in server.Client.Chat.StreamTokensAsync(Question, cancellationToken: cancellationToken))
            {
                texts.Add(text);
            }
        }
        catch (TogetherAIStreamException exception)
        {
            failure = exception;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "Par" }));
            Assert.That(failure?.Failure, Is.EqualTo(TogetherAIStreamFailure.ServerError));
        }

        return failure!.ServerMessage;
    }

    [Test, CancelAfter(30_000)]
    public async Task StreamBytes_gives_the_bytes_of_the_server(CancellationToken cancellationToken)
    {
        using var server = MockServer.Events(Path, """{"choices":[]}""");

        using var stream = await server.Client.Chat.StreamBytesAsync(Question, cancellationToken: cancellationToken);

        using var reader = new StreamReader(stream);
        Assert.That(await reader.ReadToEndAsync(cancellationToken), Is.EqualTo("data: {\"choices\":[]}\n\ndata: [DONE]\n\n"));
    }
}
