using System.Reflection;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace TogetherAI.Tests.Json;

/// <summary>The fast way of reading and Newtonsoft.Json must agree on every input, for every type of the document.</summary>
public sealed class Utf8AgreementTests
{
    private const int Rounds = 120;

    private static readonly MethodInfo Outcome =
        typeof(Utf8AgreementTests).GetMethod(nameof(OutcomesOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    [TestCaseSource(typeof(RandomJson), nameof(RandomJson.Types))]
    public void Deserialize_random_document_gives_the_same_as_Newtonsoft(Type type)
    {
        var random = new Random(20261122);
        var outcomesOf = Outcome.MakeGenericMethod(type);
        for (var round = 0; round < Rounds; round++)
        {
            var json = new RandomJson(random).Document(type);

            var (fast, slow) = ((string, string))outcomesOf.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [json], null)!;

            Assert.That(fast, Is.EqualTo(slow), json);
        }
    }

    [TestCase("{\"choices\":[{\"text\":\"half \\ud83d\"}]}")]
    [TestCase("{\"choices\":[{\"text\":\"\\ud83d\\ude00 \\u00e9\\n\\\"\"}]}")]
    [TestCase("{\"Choices\":[{\"TEXT\":\"other case\"}]}")]
    [TestCase("{\"id\":12,\"token\":{\"id\":1.0,\"logprob\":1}}")]
    [TestCase("{\"id\":true,\"token\":{\"id\":\"7\",\"logprob\":\"0.5\"}}")]
    [TestCase("{\"token\":{\"id\":99999999999999999999}}")]
    [TestCase("{\"token\":{\"logprob\":123456789012345678901234567890}}")]
    [TestCase("{\"token\":{\"logprob\":1e999}}")]
    [TestCase("{\"id\":\"a\",\"id\":\"b\",\"choices\":[{}],\"choices\":[{\"text\":\"x\"}]}")]
    [TestCase("{\"id\":\"a\",\"id\":null}")]
    [TestCase("{\"when\":\"2026-01-01T00:00:00Z\",\"unknown\":null,\"deep\":{\"a\":[1,2.5,null,true]}}")]
    [TestCase("{\"$type\":\"System.String\",\"$ref\":\"1\",\"$id\":\"1\"}")]
    [TestCase("{\"usage\":[],\"id\":\"a\"}")]
    [TestCase("{\"usage\":{\"total_tokens\":{}},\"token\":5,\"id\":[1]}")]
    [TestCase("{\"token\":{\"logprob\":NaN,\"id\":-Infinity}}")]
    [TestCase("{\"id\":[1],\"id\":\"a\"}")]
    [TestCase("{\"id\":\"a\",\"id\":[1]}")]
    [TestCase("{\"ID\":[1],\"usage\":\"\",\"stats\":5}")]
    [TestCase("{\"choices\":[5,null,{\"text\":{}}],\"id\":true}")]
    [TestCase("{'id':'single'}")]
    [TestCase("{\"id\":\"a\"} trailing")]
    [TestCase("{\"id\":\"a\",}")]
    [TestCase("{\"x\":undefined,\"id\":undefined}")]
    [TestCase("{\"x\":,\"y\":[,undefined,{\"z\":}],\"id\":\"a\"}")]
    [TestCase("{\"id\":")]
    [TestCase("[]")]
    [TestCase("\"text\"")]
    [TestCase("null")]
    [TestCase("")]
    public void Deserialize_odd_document_gives_the_same_as_Newtonsoft(string json)
    {
        var (fast, slow) = OutcomesOf<InferenceChunk>(json);

        Assert.That(fast, Is.EqualTo(slow));
    }

    [TestCase("{\"delta\":\"d\",\"delta\":\"Ug==\"}")]
    [TestCase("{\"delta\":\"Ug==\",\"delta\":\"d\"}")]
    [TestCase("{\"delta\":\"d\",\"DELTA\":\"Ug==\"}")]
    [TestCase("{\"delta\":\"d\",\"\":[{\"delta\":1}],\"d\\u0065lta\":\"Ug==\"}")]
    public void Deserialize_name_that_comes_twice_gives_the_same_as_Newtonsoft(string json)
    {
        var (fast, slow) = OutcomesOf<SpeechChunk>(json);

        Assert.That(fast, Is.EqualTo(slow));
    }

    [TestCase("{\"model\":[1],\"prompt\":\"p\",\"model\":\"m\"}")]
    [TestCase("{\"model\":\"m\",\"prompt\":\"p\",\"model\":[1]}")]
    [TestCase("{\"model\":[1],\"prompt\":\"p\",\"model\":null}")]
    public void Deserialize_required_name_that_comes_twice_gives_the_same_as_Newtonsoft(string json)
    {
        var (fast, slow) = OutcomesOf<InferenceRequest>(json);

        Assert.That(fast, Is.EqualTo(slow));
    }

    [Test]
    public void Deserialize_invalid_utf8_gives_the_same_as_Newtonsoft()
    {
        byte[] json = [.. "{\"id\":\"a"u8, 0xC3, 0x28, 0xFF, .. "\"}"u8];

        var fast = ApiJson.Deserialize<InferenceChunk>(json);

        Assert.That(fast.Id, Is.EqualTo(NewtonsoftJson.DeserializeOrNull<InferenceChunk>(json)!.Id).And.EqualTo("a\uFFFD(\uFFFD"));
    }

    private static (string Fast, string Slow) OutcomesOf<T>(string json)
        where T : class
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        return (OutcomeOf(() => ApiJson.Deserialize<T>(utf8)), OutcomeOf(() => NewtonsoftJson.DeserializeOrNull<T>(utf8)));
    }

    /// <summary>What came of reading, as text.</summary>
    internal static string OutcomeOf(Func<object?> read)
    {
        try
        {
            return read() is { } value ? Text(value) : "unreadable";
        }
        catch (JsonException)
        {
            return "unreadable";
        }
    }

    // Unknown fields are a dictionary, whose order is no part of the result.
    private static string Text(object value)
    {
        var token = JToken.FromObject(value, NewtonsoftJson.Writer);
        return Sorted(token).ToString(Formatting.None);
    }

    private static JToken Sorted(JToken token) => token switch
    {
        JObject fields => new JObject(fields.Properties().OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => new JProperty(field.Name, Sorted(field.Value)))),
        JArray items => new JArray(items.Select(Sorted)),
        _ => token.DeepClone(),
    };
}
