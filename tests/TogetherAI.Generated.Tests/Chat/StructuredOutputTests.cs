using System.Text.Json.Serialization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;
using DescriptionAttribute = System.ComponentModel.DescriptionAttribute;
using JsonException = System.Text.Json.JsonException;

namespace TogetherAI.Tests.Chat;

/// <summary>A response as a value of a type: the schema that is sent, the value that is read, and what is none.</summary>
[CancelAfter(30_000)]
public sealed partial class StructuredOutputTests
{
    private static ChatCompletionRequest Request => new("org/model", [ChatCompletionMessage.FromUser("Name a city.")]);

    [Test]
    public async Task Schema_of_the_type_is_sent_and_the_value_is_read()
    {
        await using var server = Message("""{"content":"{\"name\":\"Köln\",\"size\":\"Large\",\"inhabitants\":1100000,\"note\":null,\"twin\":null}"}""");
        using var client = Clients.ForAll(server);

        var result = await client.Chat.CompleteAsync<City>(Request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Value, Is.EqualTo(new City("Köln", Size.Large, 1_100_000, null, null)));
            Assert.That((result.Response.Id, result.Response.Usage!.TotalTokens), Is.EqualTo(("c-1", 12)));
            Assert.That(server.Request.Json["response_format"], Is.EqualTo(JToken.Parse("""
                {"type":"json_schema","json_schema":{"name":"City","schema":{"description":"A city.","type":"object","properties":{"name":{"description":"The local name.","type":"string"},"size":{"enum":["Small","Large"]},"inhabitants":{"type":"integer"},"note":{"type":["string","null"]},"twin":{"description":"A city.","type":["object","null"],"properties":{"name":{"description":"The local name.","type":"string"},"size":{"enum":["Small","Large"]},"inhabitants":{"type":"integer"},"note":{"type":["string","null"]},"twin":{"description":"A city.","$ref":"#/properties/twin"}},"required":["name","size","inhabitants","note","twin"],"additionalProperties":false}},"required":["name","size","inhabitants","note","twin"],"additionalProperties":false},"strict":true}}
                """)).Using<JToken>(JToken.DeepEquals));
        }
    }

    [Test]
    public async Task Type_information_of_a_context_determines_the_names()
    {
        await using var server = Message("""{"content":"{\"X\":1,\"Y\":2}"}""");
        using var client = Clients.ForAll(server);

        var result = await client.Chat.CompleteAsync(Request, PointContext.Default.Point);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Value, Is.EqualTo(new Point(1, 2)));
            Assert.That(server.Request.Json["response_format"]!["json_schema"]!["schema"]!["required"]!.ToString(Formatting.None), Is.EqualTo("""["X","Y"]"""));
        }
    }

    [Test]
    public async Task Type_that_is_no_object_is_the_property_of_one()
    {
        await using var server = Message("""{"content":"{\"value\":[{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[]}]}]}"}""");
        using var client = Clients.ForAll(server);

        var result = await client.Chat.CompleteAsync<List<Node>>(Request);

        var schema = server.Request.Json["response_format"]!["json_schema"]!["schema"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Value.Single().Children.Single().Name, Is.EqualTo("b"));
            Assert.That((string)schema["type"]!, Is.EqualTo("object"));
            Assert.That(schema["required"]!.ToString(Formatting.None), Is.EqualTo("""["value"]"""));
            Assert.That(schema.SelectTokens("$..$ref").Select(reference => schema.SelectToken(((string)reference!).Replace("#/", "", StringComparison.Ordinal).Replace('/', '.'))), Is.Not.Empty.And.All.InstanceOf<JObject>());
        }
    }

    [Test]
    public async Task Number_and_word_are_read()
    {
        await using var number = Message("""{"content":"{\"value\":17}"}""");
        await using var word = Message("""{"content":"{\"value\":\"Small\"}"}""");
        using var first = Clients.ForAll(number);
        using var second = Clients.ForAll(word);

        Assert.That((await first.Chat.CompleteAsync<int>(Request)).Value, Is.EqualTo(17));
        Assert.That((await second.Chat.CompleteAsync<Size>(Request)).Value, Is.EqualTo(Size.Small));
    }

    [Test]
    public async Task Thought_before_the_JSON_is_no_part_of_it()
    {
        await using var server = Message("""{"content":"\n<think>{x}</think>\n{\"x\":1,\"y\":2}"}""");
        using var client = Clients.ForAll(server);

        Assert.That((await client.Chat.CompleteAsync<Point>(Request)).Value, Is.EqualTo(new Point(1, 2)));
    }

    private const string Whole = """{"content":"{\"x\":1,\"y\":2}"}""";

    [TestCase("length", Whole, "MaxTokens")]
    [TestCase("content_filter", Whole, "content filter")]
    [TestCase("tool_calls", """{"tool_calls":[{"id":"1","function":{"name":"f","arguments":"{}"}}]}""", "tool calls")]
    [TestCase("stop", """{"content":"{\"x\":1,\"y\":2}","tool_calls":[{"id":"1","function":{"name":"f","arguments":"{}"}}]}""", "tool calls")]
    [TestCase("function_call", """{"function_call":{"name":"f","arguments":"{}"}}""", "tool calls")]
    [TestCase("stop", """{"refusal":"No."}""", "refused")]
    [TestCase("stop", """{"content":""}""", "no text")]
    [TestCase("stop", """{"content":null}""", "no text")]
    [TestCase("stop", """{"content":"null"}""", "null")]
    [TestCase("stop", """{"content":"{\"x\":1,\"y\":"}""", "not JSON")]
    [TestCase("stop", """{"content":"{\"x\":1}"}""", "not JSON")]
    [TestCase("stop", """{"content":"{\"x\":\"1\",\"y\":2}"}""", "not JSON")]
    [TestCase("stop", """{"content":"Here it is: {\"x\":1,\"y\":2}"}""", "not JSON")]
    [TestCase("stop", """{"content":"{\"x\":1,\"y\":2} {}"}""", "not JSON")]
    public async Task Response_without_a_whole_value_is_refused_and_kept(string finishReason, string message, string said)
    {
        await using var server = Message(message, finishReason);
        using var client = Clients.ForAll(server);

        var exception = await Assert.CatchAsync<TogetherAIStructuredOutputException>(() => client.Chat.CompleteAsync<Point>(Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception!.Message, Does.Contain(said).And.Contain(nameof(Point)));
            Assert.That(exception.FinishReason, Is.EqualTo(new FinishReason(finishReason)));
            Assert.That(exception.Response!.Usage!.TotalTokens, Is.EqualTo(12));
            Assert.That(exception.RequestId, Is.EqualTo("c-1"));
            Assert.That(exception.InnerException, said == "not JSON" ? Is.InstanceOf<JsonException>() : Is.Null);
        }
    }

    [TestCase("""{"content":"{\"name\":null,\"size\":\"Small\",\"inhabitants\":1,\"note\":null,\"twin\":null}"}""")]
    [TestCase("""{"content":"{\"name\":\"a\",\"size\":\"Huge\",\"inhabitants\":1,\"note\":null,\"twin\":null}"}""")]
    [TestCase("""{"content":"{\"name\":\"a\",\"inhabitants\":1,\"note\":null,\"twin\":null}"}""")]
    public async Task Value_that_the_type_does_not_allow_is_refused(string message)
    {
        await using var server = Message(message);
        using var client = Clients.ForAll(server);

        Assert.That(() => client.Chat.CompleteAsync<City>(Request), Throws.TypeOf<TogetherAIStructuredOutputException>());
    }

    [Test]
    public async Task Response_without_choices_is_refused()
    {
        await using var server = RawServer.Answering(Answers.Of(200, """{"choices":[]}"""));
        using var client = Clients.ForAll(server);

        Assert.That(() => client.Chat.CompleteAsync<Point>(Request), Throws.TypeOf<TogetherAIStructuredOutputException>().With.Message.Contains("no choices"));
    }

    [Test]
    public async Task Request_is_not_changed_and_has_no_format_of_its_own()
    {
        await using var server = Message(Whole);
        using var client = Clients.ForAll(server);
        var request = Request;
        var formatted = Request;
        formatted.ResponseFormat = ChatCompletionResponseFormat.FromText();

        await client.Chat.CompleteAsync<Point>(request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.ResponseFormat, Is.Null);
            Assert.That(() => client.Chat.CompleteAsync<Point>(formatted), Throws.ArgumentException.With.Message.Contains("ResponseFormat"));
            Assert.That(() => client.Chat.CompleteAsync<Point>(null!), Throws.ArgumentNullException);
            Assert.That(() => client.Chat.CompleteAsync(request, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<Point>)null!), Throws.ArgumentNullException);
            Assert.That(() => ChatCompletionStructuredOutput.CompleteAsync<Point>(null!, request), Throws.ArgumentNullException);
            Assert.That(server.Requests, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Failure_of_the_call_is_its_exception()
    {
        await using var server = RawServer.Answering(Answers.Of(429, "{}"));
        using var client = Clients.ForAll(server);

        Assert.That(() => client.Chat.CompleteAsync<Point>(Request), Throws.TypeOf<TogetherAIRateLimitException>());
    }

    private static RawServer Message(string message, string finishReason = "stop") => RawServer.Answering(Answers.Of(
        200,
        $$$"""{"id":"c-1","choices":[{"index":0,"finish_reason":"{{{finishReason}}}","message":{{{message}}}}],"usage":{"total_tokens":12}}"""));

    private enum Size
    {
        Small,
        Large,
    }

    [Description("A city.")]
    private sealed record City([Description("The local name.")] string Name, Size Size, int Inhabitants, string? Note, City? Twin);

    internal sealed record Point(int X, int Y);

    private sealed record Node(string Name, List<Node> Children);

    [JsonSerializable(typeof(Point))]
    private sealed partial class PointContext : JsonSerializerContext;
}
