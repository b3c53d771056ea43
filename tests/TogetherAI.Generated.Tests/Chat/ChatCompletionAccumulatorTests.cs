using System.Text;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Chat;

public sealed class ChatCompletionAccumulatorTests
{
    [TestCase("one call in pieces",
        """[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]""",
        """[{"index":0,"function":{"arguments":"{}"}}]""",
        ExpectedResult = "0 a f {}")]
    [TestCase("a whole call in one piece",
        """[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]""",
        ExpectedResult = "0 a f {}")]
    [TestCase("pieces that repeat the id",
        """[{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}]""",
        """[{"index":0,"id":"a","function":{"name":"f","arguments":"}"}}]""",
        ExpectedResult = "0 a f {}")]
    [TestCase("two calls side by side",
        """[{"index":0,"id":"a","function":{"name":"f","arguments":"1"}},{"index":1,"id":"b","function":{"name":"g","arguments":"2"}}]""",
        """[{"index":1,"function":{"arguments":"4"}},{"index":0,"function":{"arguments":"3"}}]""",
        ExpectedResult = "0 a f 13|1 b g 24")]
    [TestCase("calls without index",
        """[{"id":"a","function":{"name":"f","arguments":"1"}}]""",
        """[{"function":{"arguments":"2"}}]""",
        """[{"id":"b","function":{"name":"g","arguments":"3"}}]""",
        ExpectedResult = "0 a f 12|1 b g 3")]
    [TestCase("whole calls with index -1 and without id",
        """[{"index":-1,"function":{"name":"f","arguments":"1"}},{"index":-1,"function":{"name":"f","arguments":"2"}}]""",
        ExpectedResult = "0 * f 1|1 * f 2")]
    [TestCase("two calls at the same index",
        """[{"index":0,"id":"a","function":{"name":"f","arguments":"1"}}]""",
        """[{"index":0,"id":"b","function":{"name":"f","arguments":"2"}}]""",
        """[{"index":0,"function":{"arguments":"3"}}]""",
        ExpectedResult = "0 a f 1|0 b f 23")]
    [TestCase("an id and a name that come later",
        """[{"index":0,"function":{"arguments":""}}]""",
        """[{"index":0,"id":"a","function":{"name":"f"}}]""",
        """[{"index":0,"function":{"arguments":"{}"}}]""",
        ExpectedResult = "0 a f {}")]
    [TestCase("lists that are empty or null", "[]", "null", ExpectedResult = "")]
    [TestCase("a call that begins at index 1", """[{"index":1,"id":"a","function":{"name":"f","arguments":"{}"}}]""", ExpectedResult = "1 a f {}")]
    public string Tool_calls_become_whole(string _, params string[] pieces)
    {
        var answer = new ChatCompletionAccumulator();

        foreach (var piece in pieces)
        {
            answer.Add(Chunk($$$"""{"choices":[{"index":0,"delta":{"tool_calls":{{{piece}}}}}]}"""));
        }

        return string.Join('|', Calls(answer).Select(call => $"{call.Index} {(call.Id is { Length: 1 } id ? id : "*")} {call.Function.Name} {call.Function.Arguments}"));
    }

    [TestCase("reasoning_details", """[{"type":"reasoning.text","text":"Hm"}]""", """[{"type":"reasoning.text","text":" so"},{"type":"reasoning.encrypted","data":"x"}]""",
        ExpectedResult = """[{"type":"reasoning.text","text":"Hm"},{"type":"reasoning.text","text":" so"},{"type":"reasoning.encrypted","data":"x"}]""")]
    [TestCase("annotations", "[]", "null", "[1]", ExpectedResult = "[1]")]
    [TestCase("audio", """{"id":"a"}""", """{"id":"a","expires_at":1}""", ExpectedResult = """{"id":"a","expires_at":1}""")]
    [TestCase("score", "1", "2.5", "null", ExpectedResult = "2.5")]
    [TestCase("is_safe", "true", "false", ExpectedResult = "false")]
    [TestCase("thinking", "\"Hm\"", "\", \"", "\"Hm\"", ExpectedResult = "\"Hm, Hm\"")]
    [TestCase("channel", "\"final\"", "\"final\"", "\"final\"", ExpectedResult = "\"final\"")]
    [TestCase("laughter", "\"ha\"", "\"ha\"", "\"!\"", ExpectedResult = "\"haha!\"")]
    [TestCase("nothing", "null", "null", ExpectedResult = "null")]
    [TestCase("of_several_kinds", "\"a\"", "[1]", "{\"b\":2}", ExpectedResult = "{\"b\":2}")]
    public string Field_of_a_delta_that_the_document_does_not_know_is_kept(string name, params string[] pieces)
    {
        var answer = new ChatCompletionAccumulator();

        foreach (var piece in pieces)
        {
            answer.Add(Chunk($$$"""{"choices":[{"index":0,"delta":{"content":"x","{{{name}}}":{{{piece}}}}}]}"""));
        }

        return answer.ToResponse().Choices.Single().Message!.AdditionalProperties[name].ToString(Newtonsoft.Json.Formatting.None);
    }

    [Test]
    public void Fields_of_chunks_and_choices_that_the_document_does_not_know_are_kept_as_they_came_last()
    {
        var answer = new ChatCompletionAccumulator();

        answer.Add(Chunk("""{"citations":["a"],"provider":"x","choices":[{"index":0,"delta":{"content":"a"},"native_finish_reason":null,"stop_reason":null}]}"""));
        answer.Add(Chunk("""{"citations":["a","b"],"provider":null,"choices":[{"index":0,"delta":{},"finish_reason":"stop","native_finish_reason":"eos","stop_reason":7,"matched_stop":2}]}"""));

        var response = answer.ToResponse();
        var choice = response.Choices.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.AdditionalProperties["citations"].ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo("""["a","b"]"""));
            Assert.That((string?)response.AdditionalProperties["provider"], Is.EqualTo("x"));
            Assert.That((string?)choice.AdditionalProperties["native_finish_reason"], Is.EqualTo("eos"));
            Assert.That((int)choice.StopReason!, Is.EqualTo(7));
            Assert.That((int)choice.MatchedStop!, Is.EqualTo(2));
        }
    }

    [Test]
    public void Fields_that_are_kept_are_not_those_of_the_chunk()
    {
        var answer = new ChatCompletionAccumulator();
        var chunk = Chunk("""{"choices":[{"index":0,"delta":{"details":[1]}}]}""");
        answer.Add(chunk);

        ((JArray)answer.ToResponse().Choices[0].Message!.AdditionalProperties["details"]).Add(2);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chunk.Choices![0].Delta!.AdditionalProperties["details"].Count(), Is.EqualTo(1));
            Assert.That(answer.ToResponse().Choices[0].Message!.AdditionalProperties["details"].Count(), Is.EqualTo(1));
        }
    }

    [TestCase("""{"index":-1,"id":"a","function":{"name":"f","arguments":"{}"}}""", ExpectedResult = 1)]
    [TestCase("""{"index":-1,"function":{"name":"f","arguments":"{}"}}""", ExpectedResult = 1)]
    [TestCase("""{"index":-1,"id":"b","function":{"name":"f","arguments":"{}"}}""", ExpectedResult = 2)]
    public int Whole_call_beside_the_delta_counts_once(string whole)
    {
        var answer = new ChatCompletionAccumulator();

        answer.Add(Chunk($$$"""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]},"tool_calls":[{{{whole}}}]}]}"""));

        return Calls(answer).Count;
    }

    [Test]
    public void Answer_can_be_read_at_any_moment()
    {
        var answer = new ChatCompletionAccumulator();
        answer.Add(Chunk("""{"choices":[{"index":1,"delta":{"content":"B"}},{"index":0,"delta":{"content":"A"}}]}"""));

        var early = answer.ToResponse();
        answer.Add(Chunk("""{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early.Choices.Select(choice => choice.Message!.Content), Is.EqualTo(new[] { "A", "B" }));
            Assert.That(answer.Text, Is.EqualTo("Aa"));
            Assert.That(answer.ToResponse().Choices.Select(choice => choice.FinishReason), Is.EqualTo(new FinishReason?[] { FinishReason.Stop, null }));
        }
    }

    [Test]
    public void Answer_before_any_chunk_is_empty()
    {
        var answer = new ChatCompletionAccumulator();

        Assert.That(answer.Text, Is.Empty);
        Assert.That(answer.ToResponse().Choices, Is.Empty);
    }

    [Test]
    public void First_finish_reason_and_last_usage_count()
    {
        var answer = new ChatCompletionAccumulator();
        answer.Add(Chunk("""{"choices":[{"delta":{"content":"x"},"finish_reason":""}],"usage":{"total_tokens":1}}"""));
        answer.Add(Chunk("""{"choices":[{"delta":{},"finish_reason":"tool_calls"}],"usage":{"total_tokens":2}}"""));
        answer.Add(Chunk("""{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":null,"warnings":[{"message":"w"}]}"""));

        var whole = answer.ToResponse();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole.Choices[0].FinishReason, Is.EqualTo(FinishReason.ToolCalls));
            Assert.That(whole.Usage!.TotalTokens, Is.EqualTo(2));
            Assert.That(whole.Warnings!.Single().Message, Is.EqualTo("w"));
        }
    }

    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("""{"prompt_tokens":null,"completion_tokens":null,"total_tokens":null,"prompt_tokens_details":{},"note":"none"}""")]
    [TestCase("""{"total_tokens":7}""")]
    public void Usage_without_numbers_says_nothing(string last)
    {
        var answer = new ChatCompletionAccumulator();
        answer.Add(Chunk("""{"choices":[],"usage":{}}"""));
        var before = answer.Usage;
        answer.Add(Chunk("""{"choices":[],"usage":{"prompt_tokens":4,"completion_tokens":3,"total_tokens":7,"prompt_tokens_details":{"cached_tokens":2},"cost":0.5}}"""));

        answer.Add(Chunk($$$"""{"choices":[],"usage":{{{last}}}}"""));

        var usage = answer.ToResponse().Usage!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Null);
            Assert.That((usage.PromptTokens, usage.CompletionTokens, usage.TotalTokens), Is.EqualTo((4, 3, 7)));
            Assert.That(usage.PromptTokensDetails!.CachedTokens, Is.EqualTo(2));
            Assert.That((double?)usage.AdditionalProperties["cost"], Is.EqualTo(0.5));
            Assert.That(answer.Usage!.TotalTokens, Is.EqualTo(7));
        }
    }

    [Test]
    public void Chunk_with_empty_fields_erases_nothing_and_hides_nothing()
    {
        const string Empty = """{"id":"","model":"","system_fingerprint":"","created":null,"object":"","usage":{},"choices":[{"index":0,"delta":{"role":"","content":""},"finish_reason":"","seed":null}]}""";
        var answer = new ChatCompletionAccumulator();

        answer.Add(Chunk(Empty));
        answer.Add(Chunk("""{"id":"a","model":"m","system_fingerprint":"s","created":5,"choices":[{"index":0,"delta":{"role":"assistant","content":"x"},"finish_reason":"stop","seed":6}],"usage":{"total_tokens":7}}"""));
        answer.Add(Chunk(Empty));

        Assert.That(MockServer.Sent(answer.ToResponse()), Is.EqualTo(
            """{"id":"a","object":"chat.completion","created":5,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"x","tool_calls":[]},"finish_reason":"stop","seed":6}],"usage":{"total_tokens":7},"system_fingerprint":"s"}"""));
    }

    [TestCase("""{"index":"first","id":"a","type":"function","function":{"name":"f","arguments":"{}"}}""", """{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}""")]
    [TestCase("""{"index":0,"id":"a","type":[],"function":{"name":"f","arguments":"{}"}}""", """{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}""")]
    [TestCase("""{"index":[0],"id":"a","function":{"name":"f","arguments":{"x":1}},"signature":"s"}""", """{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":1}"},"signature":"s"}""")]
    public async Task Tool_call_with_a_field_of_another_kind_can_be_sent_back(string call, string sent)
    {
        using var server = MockServer.Json("POST", "/v1/chat/completions", """{"choices":[]}""");
        var answer = await StreamedAsync($$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{{{call}}}]}}]}""");

        await server.Client.Chat.CompleteAsync(
            new ChatCompletionRequest { Model = "m", Messages = [ChatCompletionMessage.FromAssistant(answer.ToResponse().Choices[0].Message!)] });

        Assert.That(server.ReceivedJson["messages"]![0]!["tool_calls"]![0]!.ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo(sent));
    }

    [Test]
    public async Task Count_that_could_not_be_read_gives_way_to_one_that_can()
    {
        var answer = await StreamedAsync(
            """{"choices":[],"usage":{"prompt_tokens":"many","completion_tokens":2,"prompt_tokens_details":{"cached_tokens":[]}}}""",
            """{"choices":[],"usage":{"prompt_tokens":3,"prompt_tokens_details":{"cached_tokens":1}}}""");

        Assert.That(MockServer.Sent(answer.Usage!), Is.EqualTo("""{"prompt_tokens":3,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":1}}"""));
    }

    [TestCase("""{"content":"Hi"}""", "{}")]
    [TestCase("""{"role":null,"content":"Hi"}""", "{}")]
    [TestCase("""{"role":"","content":"Hi"}""", """{"role":""}""")]
    [TestCase("""{"role":" ","content":"Hi"}""", "{}")]
    [TestCase("""{"content":"Hi"}""", """{"role":"assistant","content":""}""")]
    [TestCase("""{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]}""", "{}")]
    [CancelAfter(30_000)]
    public async Task Reply_without_a_role_is_the_assistants_and_can_be_sent_back(string first, string last, CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", "/v1/chat/completions", """{"choices":[]}""");
        var answer = new ChatCompletionAccumulator();
        answer.Add(Chunk($$$"""{"choices":[{"index":0,"delta":{{{first}}}}]}"""));
        answer.Add(Chunk($$$"""{"choices":[{"index":0,"delta":{{{last}}},"finish_reason":"stop"}]}"""));

        var reply = answer.ToResponse().Choices[0].Message!;
        await server.Client.Chat.CompleteAsync(
            new ChatCompletionRequest { Model = "m", Messages = [ChatCompletionMessage.FromUser("?"), ChatCompletionMessage.FromAssistant(reply)] },
            cancellationToken: cancellationToken);

        Assert.That(reply.Role, Is.EqualTo(ChatCompletionRole.Assistant));
        Assert.That((string?)server.ReceivedJson["messages"]![1]!["role"], Is.EqualTo("assistant"));
    }

    [TestCase("null")]
    [TestCase("\"\"")]
    [TestCase("\" \"")]
    public void Whole_reply_without_a_role_is_the_assistants(string role)
    {
        var reply = ApiJson.Deserialize<ChatCompletionResponseMessage>(Encoding.UTF8.GetBytes($$$"""{"role":{{{role}}},"content":"Hi"}"""));

        Assert.That(ChatCompletionMessage.FromAssistant(reply).Role, Is.EqualTo(ChatCompletionRole.Assistant));
    }

    [Test]
    public void Finish_reason_beside_the_choices_is_that_of_the_choice()
    {
        var answer = new ChatCompletionAccumulator();

        answer.Add(Chunk("""{"choices":[{"delta":{"content":"x"}}],"finish_reason":"stop"}"""));

        Assert.That(answer.ToResponse().Choices[0].FinishReason, Is.EqualTo(FinishReason.Stop));
    }

    [TestCase("""{"reasoning":"a"}""", ExpectedResult = "a")]
    [TestCase("""{"reasoning_content":"b"}""", ExpectedResult = "b")]
    [TestCase("""{"reasoning":"a","reasoning_content":"b"}""", ExpectedResult = "ab")]
    [TestCase("""{"reasoning":"a","reasoning_content":"a"}""", ExpectedResult = "a")]
    [TestCase("""{"reasoning":"a","reasoning_content":""}""", ExpectedResult = "a")]
    [TestCase("""{"reasoning":null}""", ExpectedResult = "")]
    [TestCase("""{"reasoning":"a"}""", """{"reasoning_content":"b"}""", ExpectedResult = "ab")]
    public string Reasoning_is_read_under_either_name(params string[] deltas)
    {
        var answer = new ChatCompletionAccumulator();

        foreach (var delta in deltas)
        {
            answer.Add(Chunk($$$"""{"choices":[{"delta":{{{delta}}}}]}"""));
        }

        var reply = answer.ToResponse().Choices[0].Message!;
        Assert.That(reply.Reasoning ?? "", Is.EqualTo(answer.Reasoning));
        Assert.That(ChatCompletionMessage.FromAssistant(reply).Reasoning ?? "", Is.EqualTo(answer.Reasoning));
        return answer.Reasoning;
    }

    [TestCase("reasoning")]
    [TestCase("reasoning_content")]
    [CancelAfter(30_000)]
    public async Task Reasoning_goes_back_under_the_name_that_it_came_with(string name, CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", "/v1/chat/completions", """{"choices":[]}""");
        var answer = new ChatCompletionAccumulator();
        answer.Add(Chunk($$$"""{"choices":[{"index":0,"delta":{"role":"assistant","{{{name}}}":"Let me "}}]}"""));
        answer.Add(Chunk($$$"""{"choices":[{"index":0,"delta":{"{{{name}}}":"think.","content":"Yes"},"finish_reason":"stop"}]}"""));

        await server.Client.Chat.CompleteAsync(
            new ChatCompletionRequest { Model = "m", Messages = [ChatCompletionMessage.FromAssistant(answer.ToResponse().Choices[0].Message!)] },
            cancellationToken: cancellationToken);

        Assert.That(server.ReceivedJson["messages"]!.ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo(
            $$"""[{"role":"assistant","content":"Yes","{{name}}":"Let me think."}]"""));
    }

    // A count that the document gains must be added up too.
    [Test]
    public void Every_count_is_kept_while_others_come()
    {
        var counts = ApiJson.Deserialize<TokenUsage>(Encoding.UTF8.GetBytes("{}"));
        foreach (var property in typeof(TokenUsage).GetProperties().Where(property => property.IsDefined(typeof(Newtonsoft.Json.JsonPropertyAttribute), false)))
        {
            property.SetValue(counts, Number(property.PropertyType));
        }

        var answer = new ChatCompletionAccumulator();
        answer.Add(new ChatCompletionChunk { Usage = counts });
        answer.Add(new ChatCompletionChunk { Usage = new TokenUsage { AdditionalProperties = { ["other"] = 2 } } });

        var expected = JObject.Parse(MockServer.Sent(counts));
        expected["other"] = 2;
        Assert.That(JToken.DeepEquals(JObject.Parse(MockServer.Sent(answer.Usage!)), expected), Is.True, MockServer.Sent(answer.Usage!));
    }

    [Test]
    public void Usage_with_any_one_number_counts()
    {
        foreach (var property in typeof(TokenUsage).GetProperties().Where(property => property.IsDefined(typeof(Newtonsoft.Json.JsonPropertyAttribute), false)))
        {
            var usage = new TokenUsage();
            property.SetValue(usage, Number(property.PropertyType));
            var answer = new ChatCompletionAccumulator();

            answer.Add(new ChatCompletionChunk { Usage = usage });

            Assert.That(MockServer.Sent(answer.Usage!), Is.EqualTo(MockServer.Sent(usage)), property.Name);
        }
    }

    [Test]
    public void Refusal_old_function_call_and_log_probabilities_become_whole()
    {
        var answer = new ChatCompletionAccumulator();
        answer.Add(Chunk("""{"choices":[{"delta":{"content":"Hi","refusal":"N","function_call":{"name":"f","arguments":"{"}},"logprobs":-0.5}]}"""));
        answer.Add(Chunk("""{"choices":[{"delta":{"content":"!","refusal":"o","function_call":{"arguments":"}"}},"logprobs":{"tokens":["!"],"token_logprobs":[-1]}}]}"""));

        var choice = answer.ToResponse().Choices[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(choice.Message!.Refusal, Is.EqualTo("No"));
            Assert.That(JToken.Parse(MockServer.Sent(choice.Message))["function_call"]!.ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo("""{"name":"f","arguments":"{}"}"""));
            Assert.That(choice.LogProbabilities!.Tokens.Select(token => (token.Token, token.LogProbability)), Is.EqualTo(new[] { ("Hi", -0.5), ("!", -1.0) }));
        }
    }

    [Test]
    public void Unknown_fields_of_a_tool_call_are_kept()
    {
        var answer = new ChatCompletionAccumulator();

        answer.Add(Chunk("""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":""},"extra_content":{"signature":"s"}}]}}]}"""));

        Assert.That((string?)Calls(answer)[0].AdditionalProperties["extra_content"]["signature"], Is.EqualTo("s"));
    }

    [Test]
    public void Null_among_whole_calls_and_warnings_is_left_out()
    {
        var answer = new ChatCompletionAccumulator();

        answer.Add(JObject.Parse("""{"choices":[{"index":0,"tool_calls":[null]},null],"warnings":[null]}""").ToObject<ChatCompletionChunk>()!);

        var whole = answer.ToResponse();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole.Choices[0].Message!.ToolCalls, Is.Empty);
            Assert.That(whole.Warnings, Is.Empty);
        }
    }

    private static object Number(Type type)
    {
        var actual = Nullable.GetUnderlyingType(type) ?? type;
        if (actual.IsPrimitive)
        {
            return Convert.ChangeType(1, actual, System.Globalization.CultureInfo.InvariantCulture);
        }

        var counts = Activator.CreateInstance(actual)!;
        foreach (var property in actual.GetProperties().Where(property => property.IsDefined(typeof(Newtonsoft.Json.JsonPropertyAttribute), false)))
        {
            property.SetValue(counts, Number(property.PropertyType));
        }

        return counts;
    }

    private static async Task<ChatCompletionAccumulator> StreamedAsync(params string[] events)
    {
        using var server = MockServer.Events("/v1/chat/completions", events);
        var answer = new ChatCompletionAccumulator();
        await foreach (var chunk in server.Client.Chat.StreamAsync(new ChatCompletionRequest { Model = "m", Messages = [ChatCompletionMessage.FromUser("Hi")] }))
        {
            answer.Add(chunk);
        }

        return answer;
    }

    private static ChatCompletionChunk Chunk(string json) => ApiJson.Deserialize<ChatCompletionChunk>(Encoding.UTF8.GetBytes(json));

    private static IReadOnlyList<ChatCompletionToolCall> Calls(ChatCompletionAccumulator answer) => answer.ToResponse().Choices[0].Message!.ToolCalls!;
}
