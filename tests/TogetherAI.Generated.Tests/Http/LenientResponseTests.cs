using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>
/// A field of a response that is not required and is of another kind than the document says: it is kept as it came, and the
/// rest is read. Without those that the text depends on the response would look as if it said nothing, so it fails.
/// </summary>
[CancelAfter(30_000)]
public sealed class LenientResponseTests
{
    private const string ChatPath = "/v1/chat/completions";

    private static ChatCompletionRequest Question => new() { Model = "m", Messages = [ChatCompletionMessage.FromUser("Hi")] };

    private static RerankRequest Ranking => new() { Model = "m", Query = "q", Documents = ["A man is eating food."] };

    [Test]
    public async Task Rerank_document_that_is_a_text_is_kept_and_the_scores_are_read()
    {
        const string Body = """{"results":[{"index":1,"relevance_score":0.5,"document":"A man is eating food."},{"index":0,"relevance_score":0.25,"document":{"text":"other"}}]}""";
        using var server = MockServer.Json("POST", "/v1/rerank", Body);

        var response = await server.Client.Rerank.RerankAsync(Ranking);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Results.Select(result => (result.Index, result.RelevanceScore)), Is.EqualTo(new[] { (1, 0.5), (0, 0.25) }));
            Assert.That(response.Results[0].Document, Is.Null);
            Assert.That((string?)response.Results[0].AdditionalProperties["document"], Is.EqualTo("A man is eating food."));
            Assert.That(response.Results[1].Document!.Text, Is.EqualTo("other"));
            Assert.That(MockServer.Sent(response), Is.EqualTo(JToken.Parse(Body).ToString(Newtonsoft.Json.Formatting.None)));
        }
    }

    [TestCase("""{"city":"Paris"}""", """{"city":"Paris"}""")]
    [TestCase("""{"n":1.5,"deep":[{"a":null}],"time":"2026-01-01T00:00:00Z"}""", """{"n":1.5,"deep":[{"a":null}],"time":"2026-01-01T00:00:00Z"}""")]
    [TestCase("{}", "{}")]
    [TestCase("""["Paris"]""", """["Paris"]""")]
    [TestCase("\"{\\\"city\\\":\\\"Paris\\\"}\"", """{"city":"Paris"}""")]
    public async Task Tool_arguments_that_are_JSON_are_its_text(string arguments, string text)
    {
        using var server = MockServer.Json("POST", ChatPath, Chat($$$"""{"content":null,"tool_calls":[{"id":"c","function":{"name":"f","arguments":{{{arguments}}} }}]}"""));

        var completion = await server.Client.Chat.CompleteAsync(Question);

        Assert.That(completion.Choices[0].Message!.ToolCalls!.Single().Function.Arguments, Is.EqualTo(text));
    }

    // Newtonsoft.Json has a value of its own for what is not there, and writes it as "undefined".
    [TestCase("undefined")]
    [TestCase("")]
    [TestCase("[undefined,]")]
    [TestCase("{\"a\":undefined}")]
    public async Task Value_that_is_missing_is_null_and_written_as_JSON(string value)
    {
        using var server = MockServer.Json("POST", "/v1/rerank", $$"""{"later":{{value}},"results":[]}""");

        var response = await server.Client.Rerank.RerankAsync(Ranking);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.AdditionalProperties["later"].SelectTokens("$..*").Append(response.AdditionalProperties["later"]), Has.None.Property("Type").EqualTo(JTokenType.Undefined));
            Assert.That(MockServer.Sent(response), Does.Contain("null").And.Not.Contain("undefined"));
        }
    }

    [TestCase("\"usage\":[]", "usage", "[]")]
    [TestCase("\"usage\":\"none\"", "usage", "\"none\"")]
    [TestCase("\"created\":\"yesterday\"", "created", "\"yesterday\"")]
    [TestCase("\"created\":{\"seconds\":1}", "created", "{\"seconds\":1}")]
    [TestCase("\"created\":99999999999999999999", "created", "99999999999999999999")]
    [TestCase("\"warnings\":[{\"message\":\"w\"},5]", "warnings", "[{\"message\":\"w\"},5]")]
    [TestCase("\"id\":[1]", "id", "[1]")]
    [TestCase("\"object\":{\"a\":1}", "object", "{\"a\":1}")]
    [TestCase("\"system_fingerprint\":false,\"usage\":true", "usage", "true")]
    public async Task Field_that_cannot_be_read_is_kept_under_its_name_and_written_back(string field, string name, string json)
    {
        using var server = MockServer.Json("POST", ChatPath, "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]," + field + ",\"model\":\"m\"}");

        var completion = await server.Client.Chat.CompleteAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((completion.Text, completion.Model), Is.EqualTo(("Hi", "m")));
            Assert.That(JToken.DeepEquals(completion.AdditionalProperties[name], JToken.Parse(json)));
            Assert.That(JToken.DeepEquals(JObject.Parse(MockServer.Sent(completion))[name], JToken.Parse(json)), MockServer.Sent(completion));
        }
    }

    [TestCase("\"1715000000\"")]
    [TestCase("1715000000.0")]
    [TestCase("1.715e9")]
    public async Task Integer_in_another_form_is_read(string number)
    {
        using var server = MockServer.Json("POST", ChatPath, "{\"choices\":[{\"message\":{\"content\":\"Hi\"}}],\"created\":" + number + "}");

        var completion = await server.Client.Chat.CompleteAsync(Question);

        Assert.That((completion.Text, completion.Created), Is.EqualTo(("Hi", (DateTimeOffset?)DateTimeOffset.FromUnixTimeSeconds(1715000000))));
    }

    [Test]
    public async Task Message_content_of_parts_gives_their_text_and_keeps_them()
    {
        const string Parts = """[{"type":"thinking","thinking":[{"type":"text","text":"2+2"}]},{"type":"text","text":"Sum "},{"type":"text","text":"is 4"}]""";
        using var server = MockServer.Json("POST", ChatPath, Chat("{\"role\":\"assistant\",\"content\":" + Parts + "}"));

        var completion = await server.Client.Chat.CompleteAsync(Question);

        var message = completion.Choices[0].Message!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((completion.Text, message.Content), Is.EqualTo(("Sum is 4", "Sum is 4")));
            Assert.That(JToken.DeepEquals(message.AdditionalProperties["content"], JToken.Parse(Parts)));
            Assert.That(MockServer.Sent(message), Is.EqualTo("{\"role\":\"assistant\",\"content\":" + Parts + "}"));
        }
    }

    [TestCase("""[{"type":"text","text":5},{"type":"output_text","text":true},{"type":"text","text":null}]""", "5true")]
    [TestCase("""[{"text":"4"}]""", "4")]
    public async Task Message_content_of_parts_whose_text_is_a_value_gives_it_as_it_is_written(string parts, string text)
    {
        using var server = MockServer.Json("POST", ChatPath, Chat("{\"content\":" + parts + "}"));

        var completion = await server.Client.Chat.CompleteAsync(Question);

        Assert.That(completion.Text, Is.EqualTo(text));
    }

    [TestCase("""[{"type":"text","text":{"value":"4"}}]""")]
    [TestCase("""[{"type":"text","content":"4"}]""")]
    [TestCase("""[{"type":"text","text":"Sum is "},{"type":"text","text":["4"]}]""")]
    [TestCase("""[{"text":{"value":"4"}}]""")]
    public async Task Message_content_of_parts_whose_text_cannot_be_read_is_no_empty_success(string parts)
    {
        using var server = MockServer.Json("POST", ChatPath, Chat("{\"content\":" + parts + "}"));

        var exception = await Failures.Of<TogetherAIInvalidResponseException>(() => server.Client.Chat.CompleteAsync(Question));

        Assert.That(exception.Message, Does.Contain("choices[0].message.content"));
    }

    [TestCase("0.5")]
    [TestCase("1.5")]
    [TestCase("\"1.5\"")]
    [TestCase("-0.1")]
    public async Task Number_with_a_fraction_is_no_integer(string number)
    {
        using var ranking = MockServer.Json("POST", "/v1/rerank", "{\"results\":[{\"index\":" + number + ",\"relevance_score\":1}]}");
        using var chat = MockServer.Json("POST", ChatPath, "{\"choices\":[{\"message\":{\"content\":\"Hi\"}}],\"usage\":{\"prompt_tokens\":" + number + ",\"completion_tokens\":2.0}}");

        var exception = await Failures.Of<TogetherAIInvalidResponseException>(() => ranking.Client.Rerank.RerankAsync(Ranking));
        var completion = await chat.Client.Chat.CompleteAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Message, Does.Contain("results[0].index"));
            Assert.That((completion.Usage!.PromptTokens, completion.Usage.CompletionTokens), Is.EqualTo(((int?)null, (int?)2)));
            Assert.That(JToken.DeepEquals(completion.Usage.AdditionalProperties["prompt_tokens"], JToken.Parse(number)));
        }
    }

    [Test]
    public async Task Word_that_is_a_truth_value_is_the_text_that_it_is_written_as()
    {
        using var server = MockServer.Json("POST", ChatPath, """{"choices":[{"message":{"role":true,"content":"Hi"},"finish_reason":false}]}""");

        var choice = (await server.Client.Chat.CompleteAsync(Question)).Choices.Single();

        Assert.That((choice.Message!.Role!.Value, choice.FinishReason!.Value), Is.EqualTo(("true", "false")));
    }

    [TestCase("[]")]
    [TestCase("""[{"type":"thinking","thinking":"2+2"}]""")]
    [TestCase("""[{"type":{"a":1},"text":5}]""")]
    public async Task Message_content_of_parts_without_text_is_kept(string parts)
    {
        using var server = MockServer.Json("POST", ChatPath, Chat("{\"content\":" + parts + "}"));

        var completion = await server.Client.Chat.CompleteAsync(Question);

        Assert.That(completion.Text, Is.Null);
        Assert.That(MockServer.Sent(completion.Choices[0].Message!), Is.EqualTo("{\"content\":" + parts + "}"));
    }

    [TestCase("NaN", double.NaN)]
    [TestCase("-Infinity", double.NegativeInfinity)]
    [TestCase("Infinity", double.PositiveInfinity)]
    public async Task Number_that_is_not_finite_is_read(string number, double expected)
    {
        using var server = MockServer.Json("POST", ChatPath, $$$"""{"choices":[{"message":{"content":"Hi"},"logprobs":{"content":[{"token":"Hi","logprob":{{{number}}}}]}}]}""");

        var completion = await server.Client.Chat.CompleteAsync(Question);

        Assert.That(completion.Choices[0].LogProbabilities!.Tokens.Single().LogProbability, Is.EqualTo(expected));
    }

    [TestCase("""{"results":[{"index":0,"relevance_score":0.5},{"index":1,"document":"x"}]}""", "results[1]")]
    [TestCase("""{"results":[{"index":0,"relevance_score":"high","document":"x"}]}""", "results[0].relevance_score")]
    [TestCase("""{"results":[{"index":{},"relevance_score":0.5}],"usage":[]}""", "results[0].index")]
    [TestCase("""{"results":"none","usage":[]}""", "results")]
    [TestCase("""{"results":[5],"usage":[]}""", "results[0]")]
    [TestCase("""{"results":null,"usage":[]}""", "results")]
    [TestCase("""{"usage":[]}""", "results")]
    public async Task Required_field_that_cannot_be_read_fails_with_its_path(string body, string path)
    {
        using var server = MockServer.Json("POST", "/v1/rerank", body);

        await Assert.ThatAsync(
            () => server.Client.Rerank.RerankAsync(Ranking),
            Throws.TypeOf<TogetherAIInvalidResponseException>().With.Message.Contains(path));
    }

    [TestCase("""{"choices":[{"message":"Hi"}]}""", "choices[0].message")]
    [TestCase("""{"choices":[{"message":["Hi"]}]}""", "choices[0].message")]
    [TestCase("""{"choices":[{"message":{"content":{"text":"Hi"}}}]}""", "choices[0].message.content")]
    [TestCase("""{"choices":[{"message":{"content":["Hi"]}}]}""", "choices[0].message.content")]
    [TestCase("""{"choices":[{"message":{"content":"Hi"},"finish_reason":{"type":"error"}}]}""", "choices[0].finish_reason")]
    [TestCase("""{"choices":[{"message":{"content":"Hi"},"index":[0]}]}""", "choices[0].index")]
    [TestCase("""{"choices":"Hi"}""", "choices")]
    [TestCase("""{"choices":["Hi"]}""", "choices[0]")]
    public async Task Chat_whose_text_cannot_be_read_fails_with_the_path(string body, string path)
    {
        using var server = MockServer.Json("POST", ChatPath, body);

        await Assert.ThatAsync(
            () => server.Client.Chat.CompleteAsync(Question),
            Throws.TypeOf<TogetherAIInvalidResponseException>().With.Message.Contains($"'{path}"));
    }

    [TestCase("""{"choices":[{"text":["Hi"]}]}""")]
    [TestCase("""{"choices":[{"text":{"a":"Hi"}}],"usage":[]}""")]
    public async Task Completion_whose_text_cannot_be_read_fails(string body)
    {
        using var server = MockServer.Json("POST", "/v1/completions", body);

        await Assert.ThatAsync(
            () => server.Client.Completions.CreateAsync(new CompletionRequest { Model = "m", Prompt = "p" }),
            Throws.TypeOf<TogetherAIInvalidResponseException>().With.Message.Contains("choices[0].text"));
    }

    [TestCase("""{"output":"Hi"}""", "output")]
    [TestCase("""{"output":{"choices":{"text":"Hi"}}}""", "output.choices")]
    [TestCase("""{"output":{"choices":[{"text":["Hi"]}]}}""", "output.choices[0].text")]
    [TestCase("""{"output":{"choices":[{"text":"Hi"}],"result_type":["error"]}}""", "output.result_type")]
    [TestCase("""{"output":{},"choices":"Hi"}""", "choices")]
    public async Task Run_whose_text_or_failure_cannot_be_read_fails(string body, string path)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body));
        using var client = Clients.For(server);

        await Assert.ThatAsync(() => client.RunAsync(Clients.Request), Throws.TypeOf<TogetherAIInvalidResponseException>().With.Message.Contains(path));
    }

    [Test]
    public async Task Run_field_that_cannot_be_read_is_kept_and_the_text_is_read()
    {
        await using var server = RawServer.Answering(Answers.Of(
            200, """{"status":["finished"],"prompt":"2+2=","num_returns":"one","output":{"choices":[{"text":" 4"}],"usage":[],"raw_compute_time":"fast"}}"""));
        using var client = Clients.For(server);

        var response = await client.RunAsync(Clients.Request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Output.Choices!.Single().Text, Is.EqualTo(" 4"));
            Assert.That(response.AdditionalProperties.Keys, Is.EquivalentTo(new[] { "status", "prompt", "num_returns" }));
            Assert.That(response.Output.AdditionalProperties.Keys, Is.EquivalentTo(new[] { "usage", "raw_compute_time" }));
        }
    }

    [Test]
    public async Task Image_without_an_address_that_can_be_read_fails()
    {
        using var server = MockServer.Json("POST", "/v1/images/generations", """{"data":[{"index":0,"url":{"href":"https://a"}}]}""");

        await Assert.ThatAsync(
            () => server.Client.Images.GenerateAsync(new ImageRequest { Model = "m", Prompt = "p" }),
            Throws.TypeOf<TogetherAIInvalidResponseException>().With.Message.Contains("data[0].url"));
    }

    private static string Chat(string message) => "{\"choices\":[{\"index\":0,\"message\":" + message + ",\"finish_reason\":\"stop\"}]}";
}
