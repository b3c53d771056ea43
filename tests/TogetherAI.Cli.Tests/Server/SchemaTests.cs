using System.Text.Json.Nodes;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

/// <summary>JSON schemas that a request brings, as the form of an answer and as the parameters of a tool.</summary>
public sealed class SchemaTests
{
    private const string Path = "v1/chat/completions";

    private TogetherAILocalServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 });

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [TestCase("""{"type":"object","required":[1]}""")]
    [TestCase("""{"required":"a"}""")]
    [TestCase("""{"type":[1]}""")]
    [TestCase("""{"type":1}""")]
    [TestCase("""{"type":"text"}""")]
    [TestCase("""{"format":5}""")]
    [TestCase("""{"type":"string","format":5}""")]
    [TestCase("""{"const":"\ud800"}""")]
    [TestCase("""{"default":["\udc00x"]}""")]
    [TestCase("""{"properties":{"\ud800":{}}}""")]
    [TestCase("""{"properties":5}""")]
    [TestCase("""{"properties":{"a":{"enum":{}}}}""")]
    [TestCase("""{"type":"array","items":5}""")]
    [TestCase("""{"type":"array","minItems":-1}""")]
    [TestCase("""{"type":"array","maxItems":1.5}""")]
    [TestCase("""{"type":"string","minLength":"9"}""")]
    [TestCase("""{"type":"number","minimum":1e999}""")]
    [TestCase("""{"type":"integer","exclusiveMinimum":"0"}""")]
    [TestCase("""{"anyOf":[1]}""")]
    [TestCase("""{"allOf":{}}""")]
    [TestCase("""{"$ref":1}""")]
    [TestCase("""{"$ref":"#/$defs/none"}""")]
    [TestCase("""{"$ref":"https://example.com/schema"}""")]
    [TestCase("""{"$ref":"#"}""")]
    [TestCase("5")]
    [TestCase("\"object\"")]
    [TestCase("[]")]
    [TestCase("""{"properties":{"a":5}}""")]
    [TestCase("""{"$defs":{"a":"string"}}""")]
    [TestCase("""{"oneOf":[]}""")]
    [CancelAfter(30_000)]
    public async Task Schema_that_is_none_is_answered_400(string schema, CancellationToken cancellationToken)
    {
        using var format = await PlainHttp.PostToAsync(_server, Path, WithFormat(schema), cancellationToken);
        using var tool = await PlainHttp.PostToAsync(_server, Path, WithTool(schema), cancellationToken);

        Assert.That(new[] { (int)format.StatusCode, (int)tool.StatusCode }, Is.All.EqualTo(400));
    }

    // Of a few hundred bytes each: more than 10^8 values, a text of 2 GB, a tree of 10^9 leaves.
    private static IEnumerable<TestCaseData> ImmenseSchemas()
    {
        var nested = Enumerable.Range(0, 4).Aggregate("""{"type":"string"}""", (items, _) => $$"""{"type":"array","minItems":100,"items":{{items}}}""");
        yield return new TestCaseData(nested).SetName("Schema_of_arrays_nested_four_deep_is_refused");
        yield return new TestCaseData("""{"type":"array","minItems":2147483647,"items":true}""").SetName("Schema_of_a_long_array_is_refused");
        yield return new TestCaseData("""{"type":"string","minLength":2147483647}""").SetName("Schema_of_a_long_text_is_refused");
        var branches = string.Join(',', Enumerable.Range(0, 10).Select(level =>
            $$"""
            "l{{level}}":{"properties":{"a":{"$ref":"#/$defs/l{{level + 1}}"},"b":{"$ref":"#/$defs/l{{level + 1}}"},"c":{"$ref":"#/$defs/l{{level + 1}}"},"d":{"$ref":"#/$defs/l{{level + 1}}"},"e":{"$ref":"#/$defs/l{{level + 1}}"},"f":{"$ref":"#/$defs/l{{level + 1}}"},"g":{"$ref":"#/$defs/l{{level + 1}}"},"h":{"$ref":"#/$defs/l{{level + 1}}"} },"required":["a","b","c","d","e","f","g","h"]}
            """));
        yield return new TestCaseData($$"""{"$ref":"#/$defs/l0","$defs":{{{branches}},"l10":{"type":"null"} } }""").SetName("Schema_of_a_wide_tree_is_refused");
        var wide = string.Join(',', Enumerable.Range(0, 5_000).Select(index => $"\"x{index}\":0"));
        yield return new TestCaseData($$"""{"type":"array","minItems":100000,"items":{"type":"null",{{wide}} } }""").SetName("Schema_that_is_read_again_and_again_is_refused");
    }

    [TestCaseSource(nameof(ImmenseSchemas)), CancelAfter(30_000)]
    public async Task Schema_that_asks_for_an_immense_value_is_refused(string schema, CancellationToken cancellationToken)
    {
        var before = GC.GetTotalAllocatedBytes();

        using var response = await PlainHttp.PostToAsync(_server, Path, WithFormat(schema), cancellationToken);
        var error = (await PlainHttp.JsonAsync(response, cancellationToken))["error"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(400));
            Assert.That(error["param"]!.GetValue<string>(), Is.EqualTo("response_format"));
            Assert.That(error["message"]!.GetValue<string>(), Does.Contain("1000000 bytes"));
            Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(64_000_000));
        }
    }

    [TestCase("""{"type":"array","minItems":150,"items":{"type":"null"}}""", 5 * 150 + 1, TestName = "Sample_has_as_many_items_as_its_schema_asks_for")]
    [TestCase("""{"type":"string","minLength":20000}""", 20_002, TestName = "Sample_has_as_many_characters_as_its_schema_asks_for")]
    [CancelAfter(30_000)]
    public async Task Sample_is_as_long_as_its_schema_asks_for(string schema, int length, CancellationToken cancellationToken)
        => Assert.That(await SampleAsync(schema, cancellationToken), Has.Length.EqualTo(length));

    [TestCase("""{"properties":{"👋👋":{"type":"string","maxLength":1}}}""", """{"👋👋":"👋"}""", TestName = "Sample_counts_characters_and_cuts_none")]
    [TestCase("""{"type":"integer","minimum":1e20}""", "1E+20", TestName = "Sample_may_be_beyond_64_bits")]
    [TestCase("""{"type":["null","integer"]}""", "1", TestName = "Sample_is_no_null_where_something_else_will_do")]
    [TestCase("""{"properties":{"a":{"$ref":"#/$defs/a~1b%20c"}},"$defs":{"a/b c":{"const":7}}}""", """{"a":7}""", TestName = "Sample_follows_an_escaped_reference")]
    [TestCase("""{"type":"object","properties":{"sub":{"type":"array","items":{"$ref":"#"}}},"required":["sub"]}""", """{"sub":[{"sub":[]}]}""", TestName = "Sample_of_a_tree_ends")]
    [TestCase("""{"type":"object","properties":{"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["next"]}""", """{"next":{"next":null}}""", TestName = "Sample_of_a_list_ends")]
    [TestCase("""{"type":"object","description":null,"properties":{"a":{"type":"boolean","enum":null}}}""", """{"a":true}""", TestName = "Sample_takes_a_keyword_that_is_null_for_none")]
    [CancelAfter(30_000)]
    public async Task Sample_satisfies_its_schema(string schema, string expected, CancellationToken cancellationToken)
        => Assert.That(JsonNode.Parse(await SampleAsync(schema, cancellationToken))!.ToJsonString(), Is.EqualTo(JsonNode.Parse(expected)!.ToJsonString()));

    [Test, CancelAfter(60_000)]
    public async Task Schema_of_random_JSON_is_answered_or_refused([Range(1, 4)] int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        for (var round = 0; round < 250; round++)
        {
            var schema = RandomSchema(random, depth: 0).ToJsonString();

            using var response = await PlainHttp.PostToAsync(_server, Path, round % 2 == 0 ? WithFormat(schema) : WithTool(schema), cancellationToken);

            Assert.That((int)response.StatusCode, Is.EqualTo(200).Or.EqualTo(400), schema);
            var json = await PlainHttp.JsonAsync(response, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                var message = json["choices"]![0]!["message"]!;
                var sample = message["content"] ?? message["tool_calls"]![0]!["function"]!["arguments"]!;
                Assert.That(() => JsonNode.Parse(sample.GetValue<string>()), Throws.Nothing, schema);
            }
        }
    }

    private static readonly string[] Keywords =
    [
        "$ref", "$defs", "type", "enum", "const", "default", "examples", "anyOf", "oneOf", "allOf", "properties", "required", "items",
        "minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "format", "other",
    ];

    private static JsonObject RandomSchema(Random random, int depth)
    {
        var schema = new JsonObject();
        foreach (var keyword in random.GetItems(Keywords, random.Next(1, 5)))
        {
            schema[keyword] = random.Next(3) == 0 ? RandomValue(random, depth + 1) : Plausible(keyword, random, depth + 1);
        }

        return schema;
    }

    private static JsonNode? Plausible(string keyword, Random random, int depth) => keyword switch
    {
        "$ref" => random.GetItems(["#", "#/$defs/a", "#/properties/a"], 1)[0],
        "type" => random.GetItems(["string", "number", "integer", "boolean", "object", "array", "null"], 1)[0],
        "$defs" or "properties" when depth < 5 => new JsonObject { ["a"] = RandomSchema(random, depth), ["👋"] = RandomSchema(random, depth) },
        "items" when depth < 5 => RandomSchema(random, depth),
        "anyOf" or "oneOf" or "allOf" when depth < 5 => new JsonArray(RandomSchema(random, depth), RandomSchema(random, depth)),
        "required" => new JsonArray("a", "z"),
        "minItems" or "maxItems" or "minLength" or "maxLength" => random.Next(5),
        "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(300)),
        _ => RandomValue(random, depth),
    };

    private static JsonNode? RandomValue(Random random, int depth) => random.Next(depth < 5 ? 9 : 7) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-3, 200),
        3 => random.NextDouble() * 1e300,
        4 => "",
        5 => "text 👋",
        6 => new JsonArray(),
        7 => new JsonArray(RandomValue(random, depth + 1), RandomValue(random, depth + 1)),
        _ => new JsonObject { ["a"] = RandomValue(random, depth + 1), ["type"] = RandomValue(random, depth + 1) },
    };

    private static string WithFormat(string schema)
        => $$$"""{"model":"m","max_tokens":2000000,"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{{{schema}}} } } }""";

    private static string WithTool(string schema)
        => $$$"""{"model":"m","messages":[{"role":"user","content":"x"}],"tool_choice":"required","tools":[{"type":"function","function":{"name":"f","parameters":{{{schema}}}}}]}""";

    private async Task<string> SampleAsync(string schema, CancellationToken cancellationToken)
    {
        using var response = await PlainHttp.PostToAsync(_server, Path, WithFormat(schema), cancellationToken);
        return (await PlainHttp.JsonAsync(response, cancellationToken))["choices"]![0]!["message"]!["content"]!.GetValue<string>();
    }
}
