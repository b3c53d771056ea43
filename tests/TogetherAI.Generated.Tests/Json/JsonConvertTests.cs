using System.Globalization;
using System.Reflection;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Document;

namespace TogetherAI.Tests.Json;

/// <summary>What the client has read, <see cref="JsonConvert"/> writes again as the server sent it, and reads again.</summary>
public sealed class JsonConvertTests
{
    private const int Rounds = 60;

    private static readonly MethodInfo Read = typeof(JsonConvertTests).GetMethod(nameof(ReadAs), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly JsonSerializerSettings TextsAreTexts = new() { DateParseHandling = DateParseHandling.None };

    private static IEnumerable<DocumentExample> Examples
        => DocumentExample.All.Where(example => (string?)example.Schema["format"] != "binary"
            && !TogetherDocument.HandWrittenTypes.Contains(TogetherDocument.NameOf(example.Schema) ?? ""));

    // A file to upload is no JSON.
    private static IEnumerable<Type> Types
        => RandomJson.Types().Where(type => !type.GetProperties().Any(property => typeof(IUpload).IsAssignableFrom(property.PropertyType)));

    [TestCaseSource(nameof(Examples))]
    public void Example_of_the_document_is_written_as_it_came(object example)
    {
        var (_, schema, value) = (DocumentExample)example;

        RequireRoundTrip(value.ToString(), GeneratedTypes.Of(schema));
    }

    [TestCaseSource(nameof(Types))]
    public void Random_document_is_written_as_it_came(Type type)
    {
        var random = new Random(20261127);
        for (var round = 0; round < Rounds; round++)
        {
            RequireRoundTrip(new RandomJson(random).Conforming(type), type);
        }
    }

    [TestCase("""{"choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"seed":9007199254740993}]}""")]
    [TestCase("""{"choices":[{"seed":15924764223251450000}]}""")]
    [TestCase("""{"choices":[{"finish_reason":"","seed":0.50}],"usage":{"total_tokens":3,"cost":0.25,"big":123456789012345678901234567890}}""")]
    [TestCase("""{"choices":[{"message":{"content":null},"more":null}]}""", """{"choices":[{"message":{},"more":null}]}""")]
    [TestCase("""{"choices":[],"usage":null}""", """{"choices":[]}""")]
    public void Answer_is_written_letter_by_letter(string json, string? expected = null)
    {
        var answer = ApiJson.Deserialize<ChatCompletionResponse>(Encoding.UTF8.GetBytes(json));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(JsonConvert.SerializeObject(answer), Is.EqualTo(expected ?? json));
            Assert.That(JObject.FromObject(answer).ToString(Formatting.None), Is.EqualTo(expected ?? json));
        }
    }

    // Its spelling is not kept: free-form JSON is a JToken, which callers read as a number.
    [TestCase("0.0000010")]
    [TestCase("1.0")]
    [TestCase("1.50")]
    [TestCase("1e2")]
    [TestCase("-2.5E-7")]
    [TestCase("1E22")]
    [TestCase("1E-30")]
    [TestCase("-0.0")]
    [TestCase("5e-324")]
    [TestCase("1.7976931348623157E308")]
    [TestCase("9007199254740993")]
    [TestCase("123456789012345678901234567890")]
    public void Number_of_free_form_JSON_is_written_with_its_value(string number)
    {
        var json = $$"""{"choices":[{"top_logprobs":{{number}}}],"unknown":[{{number}}]}""";
        var answer = ApiJson.Deserialize<ChatCompletionResponse>(Encoding.UTF8.GetBytes(json));

        using var written = System.Text.Json.JsonDocument.Parse(JsonConvert.SerializeObject(answer));

        var choice = written.RootElement.GetProperty("choices")[0].GetProperty("top_logprobs");
        var unknown = written.RootElement.GetProperty("unknown")[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(choice.GetDouble(), Is.EqualTo(double.Parse(number, CultureInfo.InvariantCulture)));
            Assert.That(unknown.GetRawText(), Is.EqualTo(choice.GetRawText()));
            Assert.That(number.Any(static character => !char.IsAsciiDigit(character)) || unknown.GetRawText() == number, "An integer of any size keeps its digits.");
        }
    }

    [Test]
    public void Null_of_a_known_field_is_no_additional_property()
    {
        var request = JsonConvert.DeserializeObject<ChatCompletionRequest>("""{"model":"m","messages":[],"max_tokens":null}""")!;

        Assert.That(request.AdditionalProperties, Is.Empty);
    }

    private static void RequireRoundTrip(string json, Type type)
    {
        var value = Read.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [json], null)!;

        var written = JsonConvert.SerializeObject(value);
        var again = JsonConvert.SerializeObject(JsonConvert.DeserializeObject(written, type, TextsAreTexts));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(CanonicalJson.Parse(written), Is.EqualTo(CanonicalJson.Parse(json)).Using<JToken>(JToken.DeepEquals), json);
            Assert.That(CanonicalJson.Parse(again), Is.EqualTo(CanonicalJson.Parse(json)).Using<JToken>(JToken.DeepEquals), json);
            Assert.That(NullsOf(written), Is.SubsetOf(NullsOf(json)), json);
        }
    }

    private static IEnumerable<string> NullsOf(string json)
        => ((JContainer)CanonicalJson.ParseAsIs(json)).DescendantsAndSelf().Where(token => token.Type == JTokenType.Null).Select(token => token.Path);

    private static object ReadAs<T>(string json) => ApiJson.Deserialize<T>(Encoding.UTF8.GetBytes(json))!;
}
