using System.Text;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Unions;

/// <summary>Every form of every union, in both directions, and what none of the forms is.</summary>
public sealed class UnionTests
{
    private static IEnumerable<TestCaseData> Written()
    {
        TextOrTexts one = "a";
        TextOrTexts several = ["a", "b"];
        TextOrTexts array = new[] { "a" };
        TextOrTexts list = new List<string> { "a" };
        ChatCompletionMessageContent text = "a";
        ChatCompletionMessageContent parts = [ChatCompletionContentPart.FromText("a")];
        ChatCompletionToolChoice word = "auto";
        RerankDocument document = "a";
        RerankDocument fields = new JObject { ["a"] = 1 };
        VideoFrame number = 48;
        ModelPrice amount = 0.5m;
        ModelPrice details = new ModelPriceDetails { PricePerMinute = 0.5m };
        LogProbabilities lists = new LogProbabilityLists { Tokens = ["a"] };
        LogProbabilities bare = -0.5;
        FileUpload url = new Uri("https://a/b.mp3");

        yield return Case(one, "\"a\"");
        yield return Case(several, """["a","b"]""");
        yield return Case(array, """["a"]""");
        yield return Case(list, """["a"]""");
        yield return Case(text, "\"a\"");
        yield return Case(parts, """[{"type":"text","text":"a"}]""");
        yield return Case(word, "\"auto\"");
        yield return Case(ChatCompletionToolChoice.Required, "\"required\"");
        yield return Case(ChatCompletionToolChoice.FromFunction("f"), """{"type":"function","function":{"name":"f"}}""");
        yield return Case(document, "\"a\"");
        yield return Case(fields, """{"a":1}""");
        yield return Case(RerankDocument.FromObject(new { Title = "t" }), """{"Title":"t"}""");
        yield return Case(number, "48");
        yield return Case(VideoFrame.Last, "\"last\"");
        yield return Case(amount, "0.5");
        yield return Case(details, """{"price_per_minute":0.5}""");
        yield return Case(lists, """{"tokens":["a"]}""");
        yield return Case(bare, "-0.5");
        yield return Case(url, "\"https://a/b.mp3\"");
    }

    [TestCaseSource(nameof(Written))]
    public string Union_writes_the_form_it_was_made_of(object union) => MockServer.Sent(union);

    [TestCase("\"a\"", ExpectedResult = "a")]
    [TestCase("""["a","b"]""", ExpectedResult = "a, b")]
    [TestCase("""["a",1]""", ExpectedResult = "json")]
    [TestCase("""{"a":1}""", ExpectedResult = "json")]
    public string Texts_are_read(string json) => Read<TextOrTexts>(json, union => union.Unknown, union => string.Join(", ", union));

    [TestCase("\"a\"", ExpectedResult = "a, parts: 1")]
    [TestCase("""[{"type":"text","text":"a"},{"type":"hologram","hologram":{"x":1}}]""", ExpectedResult = "a, parts: 2")]
    [TestCase("""[{"type":"text","text":"a"},7]""", ExpectedResult = "json")]
    [TestCase("""{"later":1}""", ExpectedResult = "json")]
    public string Content_is_read(string json)
        => Read<ChatCompletionMessageContent>(json, union => union.Unknown, union => $"{union.Text}, parts: {union.Count()}");

    [TestCase("\"none\"", ExpectedResult = "none")]
    [TestCase("""{"type":"function","function":{"name":"f"}}""", ExpectedResult = "f")]
    [TestCase("""{"type":"allowed_tools","tools":["f"]}""", ExpectedResult = "json")]
    [TestCase("[]", ExpectedResult = "json")]
    public string Tool_choice_is_read(string json) => Read<ChatCompletionToolChoice>(json, union => union.Unknown, union => union.Mode ?? union.Tool!.Function.Name);

    [TestCase("""{"tokens":["a"],"token_logprobs":[-0.5,null],"top_logprobs":[{"a":-0.5}]}""", ExpectedResult = "a -0.5;  ")]
    [TestCase("""{"content":[{"token":"a","logprob":-0.5,"bytes":[97],"top_logprobs":[]}]}""", ExpectedResult = "a -0.5")]
    [TestCase("-0.5", ExpectedResult = "-0.5")]
    [TestCase("-1", ExpectedResult = "-1")]
    [TestCase("\"NaN\"", ExpectedResult = "NaN")]
    [TestCase("[-0.5]", ExpectedResult = "json")]
    [TestCase("""{"tokens":{"a":1}}""", ExpectedResult = "json")]
    [TestCase("\"a\"", ExpectedResult = "json")]
    public string Log_probabilities_are_read(string json)
        => Read<LogProbabilities>(json, union => union.Unknown, union => string.Join("; ", union.Tokens.Select(token => FormattableString.Invariant($"{token.Token} {token.LogProbability}"))).TrimStart());

    [TestCase("0", ExpectedResult = "0")]
    [TestCase("0.25", ExpectedResult = "0.25")]
    [TestCase("""{"price_per_minute":0.5}""", ExpectedResult = "0.5 a minute")]
    [TestCase("\"free\"", ExpectedResult = "json")]
    public string Price_is_read(string json)
        => Read<ModelPrice>(json, union => union.Unknown, union => FormattableString.Invariant($"{union.Amount}{union.Details?.PricePerMinute}") + (union.Details is null ? "" : " a minute"));

    [TestCase("48", ExpectedResult = "48")]
    [TestCase("\"first\"", ExpectedResult = "first")]
    [TestCase("{}", ExpectedResult = "json")]
    public string Frame_is_read(string json) => Read<VideoFrame>(json, union => union.Unknown, union => union.ToString());

    [TestCase("\"a\"", ExpectedResult = "a")]
    [TestCase("""{"title":"t"}""", ExpectedResult = "t")]
    [TestCase("7", ExpectedResult = "json")]
    public string Document_is_read(string json) => Read<RerankDocument>(json, union => union.Unknown, union => union.Text ?? (string)union.Fields!["title"]!);

    [Test]
    public void Text_of_a_union_is_read_where_another_field_of_its_object_cannot_be()
    {
        var message = ApiJson.Deserialize<ChatCompletionMessage>("""{"role":"user","content":"a","name":{"x":1}}"""u8);
        var response = ApiJson.Deserialize<ResponseItem>("""{"type":"message","content":"a","id":{"x":1}}"""u8);

        Assert.That((message.Content?.Text, response.Content?.Text), Is.EqualTo(("a", "a")));
    }

    [TestCase("\"a\"", ExpectedResult = "a, blocks: 1")]
    [TestCase("""[{"type":"thinking","thinking":"x"},{"type":"text","text":"a"},{"type":"hologram","hologram":{"x":1}}]""", ExpectedResult = "a, blocks: 3")]
    [TestCase("""[{"type":"text","text":"a"},7]""", ExpectedResult = "json")]
    [TestCase("""{"later":1}""", ExpectedResult = "json")]
    public string Message_content_is_read(string json)
        => Read<MessageContent>(json, union => union.Unknown, union => $"{union.Text}, blocks: {union.Count()}");

    [TestCase("\"a\"", ExpectedResult = "a, parts: 1")]
    [TestCase("""[{"type":"output_text","text":"a"},{"type":"hologram"}]""", ExpectedResult = "a, parts: 2")]
    [TestCase("""{"later":1}""", ExpectedResult = "json")]
    public string Response_content_is_read(string json)
        => Read<ResponseContent>(json, union => union.Unknown, union => $"{union.Text}, parts: {union.Count()}");

    [TestCase("\"a\"", ExpectedResult = "a, items: 1")]
    [TestCase("""[{"role":"user","content":"a"},{"type":"hologram"}]""", ExpectedResult = ", items: 2")]
    [TestCase("7", ExpectedResult = "json")]
    public string Input_of_a_response_is_read(string json)
        => Read<ResponseInput>(json, union => union.Unknown, union => $"{union.Text}, items: {union.Count()}");

    [TestCase("\"none\"", ExpectedResult = "none")]
    [TestCase("""{"type":"function","name":"f"}""", ExpectedResult = "f")]
    [TestCase("[]", ExpectedResult = "json")]
    public string Tool_choice_of_a_response_is_read(string json) => Read<ResponseToolChoice>(json, union => union.Unknown, union => union.Mode ?? union.Tool!.Name!);

    [Test]
    public void Every_type_of_a_union_has_a_factory_and_what_is_unknown_is_kept()
    {
        var unions = typeof(TextOrTexts).Assembly.GetExportedTypes().Where(type => typeof(IUnion).IsAssignableFrom(type) && !typeof(IUpload).IsAssignableFrom(type)).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unions, Has.Count.GreaterThan(5));
            foreach (var union in unions)
            {
                var json = new JObject { ["of"] = "tomorrow" };
                var unknown = union.GetMethod("FromUnknown")!.Invoke(null, [json])!;
                Assert.That(union.GetProperty("Value")!.GetValue(unknown), Is.SameAs(json), union.Name);
                Assert.That(union.GetProperty("Unknown")!.PropertyType, Is.EqualTo(typeof(JToken)), union.Name);

                foreach (var conversion in union.GetMethods().Where(method => method.Name == "op_Implicit" && method.ReturnType == union))
                {
                    var type = Nullable.GetUnderlyingType(conversion.GetParameters()[0].ParameterType) ?? conversion.GetParameters()[0].ParameterType;
                    Assert.That(union.GetMethods().Any(method => method.Name.StartsWith("From", StringComparison.Ordinal) && method.GetParameters()[0].ParameterType.IsAssignableFrom(type)), Is.True, $"{union.Name} of {type.Name}");
                    Assert.That(conversion.Invoke(null, [null]), Is.Null, $"{union.Name} of a {type.Name} that is null");
                }
            }
        }
    }

    [Test]
    public void Conversion_of_a_number_that_is_null_gives_null()
    {
        double? number = null;
        decimal? price = null;

        VideoFrame? frame = number;
        LogProbabilities? probabilities = number;
        ModelPrice? amount = price;

        Assert.That((frame, probabilities, amount), Is.EqualTo(((VideoFrame?)null, (LogProbabilities?)null, (ModelPrice?)null)));
    }

    [Test]
    public void Content_without_text_is_written_as_JSON()
    {
        ChatCompletionMessageContent content = [ChatCompletionContentPart.FromImage("https://a/b.png")];

        Assert.That((content.Text, content.ToString()), Is.EqualTo(((string?)null, """[{"type":"image_url","image_url":{"url":"https://a/b.png"}}]""")));
    }

    [Test]
    public void Collection_is_a_copy_of_what_it_was_made_of()
    {
        var parts = new[] { ChatCompletionContentPart.FromText("a") };
        ChatCompletionMessageContent content = parts;

        parts[0] = ChatCompletionContentPart.FromText("b");

        Assert.That(content.Text, Is.EqualTo("a"));
    }

    [Test]
    public void Getter_of_a_union_makes_nothing_anew()
    {
        ChatCompletionMessageContent content = new[] { ChatCompletionContentPart.FromText("a"), ChatCompletionContentPart.FromText("b") };
        LogProbabilities probabilities = new LogProbabilityLists { Tokens = ["a"] };

        var (text, tokens) = (content.Text, probabilities.Tokens);

        Assert.That(content.Text, Is.EqualTo("ab").And.SameAs(text));
        Assert.That(probabilities.Tokens, Is.SameAs(tokens));
    }

    [Test]
    public void Enum_like_word_that_nobody_knows_survives_in_both_directions()
    {
        var chunk = ApiJson.Deserialize<ChatCompletionChunkChoice>("""{"finish_reason":"budget"}"""u8);

        Assert.That(chunk.FinishReason!.Value, Is.EqualTo("budget"));
        Assert.That(MockServer.Sent(chunk), Is.EqualTo("""{"finish_reason":"budget"}"""));
    }

    private static string Read<TUnion>(string json, Func<TUnion, JToken?> unknown, Func<TUnion, string> known)
        where TUnion : class
    {
        var union = ApiJson.Deserialize<TUnion>(Encoding.UTF8.GetBytes(json));
        Assert.That(JToken.Parse(MockServer.Sent(union)), Is.EqualTo(JToken.Parse(json)).Using<JToken>(SameJson), "round trip");
        return unknown(union) is { } token ? (JToken.DeepEquals(token, JToken.Parse(json)) ? "json" : "other json") : known(union);
    }

    // A number may come back with or without a fraction of zero.
    private static bool SameJson(JToken left, JToken right)
        => JToken.DeepEquals(left, right) || (left is JValue && right is JValue && left.Type != JTokenType.String && (double)left == (double)right);

    private static TestCaseData Case(object union, string json) => new TestCaseData(union).Returns(json).SetArgDisplayNames(union.GetType().Name, json);
}
