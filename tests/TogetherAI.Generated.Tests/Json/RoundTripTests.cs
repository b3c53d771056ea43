using System.Reflection;
using System.Text;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Document;

namespace TogetherAI.Tests.Json;

/// <summary>What the server may say survives the generated types: nothing is lost but explicit nulls.</summary>
public sealed class RoundTripTests
{
    private static readonly MethodInfo Read = typeof(RoundTripTests).GetMethod(nameof(ReadAs), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly string[] Frames =
    [
        """{"choices":[{"text":" Red"}],"id":"4c11aa-SJC","token":{"id":4367,"text":" Red","logprob":-0.4170532,"special":false},"generated_text":null,"details":null,"stats":null,"usage":null}""",
        """{"choices":[{"text":""}],"id":"4c11aa-SJC","token":{"id":29871,"text":"","logprob":0,"special":false},"generated_text":null,"details":null,"stats":null,"usage":null}""",
        """{"choices":[{"text":" fox \ud83e\udd8a\n"}],"id":"4c11aa-SJC","token":{"id":1701,"text":" fox \ud83e\udd8a\n","logprob":-1.1920929e-7,"special":false},"generated_text":null,"details":null,"stats":null,"usage":null}""",
        """{"choices":[{"text":"</s>"}],"id":"4c11aa-SJC","token":{"id":2,"text":"</s>","logprob":-0.25,"special":true},"generated_text":"Red fox","details":null,"stats":{"total_time":{"secs":1,"nanos":41000000},"validation_time":{"secs":0,"nanos":400000},"queue_time":{"secs":0,"nanos":0},"inference_time":{"secs":1,"nanos":39700000},"time_per_token":{"secs":0,"nanos":346566666}},"usage":{"prompt_tokens":4,"completion_tokens":3,"total_tokens":7}}""",
        """{"choices":[{"text":" fox","index":0,"finish_reason":"length","logprobs":[-0.5]}],"token":{"id":7,"text":" fox","logprob":null,"special":false},"details":{"finish_reason":"length","generated_tokens":2,"seed":18446744073709551621}}""",
        """{"choices":[{"text":" fox"}],"result_type":"language-model-inference","id":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"}""",
        """{"choices":[{"text":" fox","tokens_so_far":9007199254740993,"trace":{"host":"a","at":"2024-01-05T10:00:00Z"}}],"usage":{"prompt_tokens":4,"completion_tokens":3,"total_tokens":7,"cached_tokens":2},"queue":["a",null,1.5],"finish":"eos-of-a-model-to-come"}""",
        """{"choices":[]}""",
    ];

    private static IEnumerable<DocumentExample> Examples
        => DocumentExample.All.Where(example => (string?)example.Schema["format"] != "binary"
            && !TogetherDocument.HandWrittenTypes.Contains(TogetherDocument.NameOf(example.Schema) ?? ""));

    private static IEnumerable<DocumentExample> ErrorExamples
        => DocumentExample.All.Where(example => TogetherDocument.NameOf(example.Schema) == "ErrorResponse");

    [TestCaseSource(nameof(Examples))]
    public void Example_of_the_document_survives_a_round_trip(object example)
    {
        var (_, schema, value) = (DocumentExample)example;
        var json = value.ToString();

        var roundTrip = RoundTrip(json, GeneratedTypes.Of(schema));

        Assert.That(CanonicalJson.Parse(roundTrip), Is.EqualTo(CanonicalJson.Parse(json)).Using<JToken>(JToken.DeepEquals));
    }

    [TestCaseSource(nameof(Frames))]
    public void Frame_of_a_stream_survives_a_round_trip(string json)
    {
        var roundTrip = RoundTrip(json, typeof(InferenceChunk));

        Assert.That(CanonicalJson.Parse(roundTrip), Is.EqualTo(CanonicalJson.Parse(json)).Using<JToken>(JToken.DeepEquals));
    }

    [TestCaseSource(nameof(ErrorExamples))]
    public void Error_of_the_document_is_understood(object example)
    {
        var json = ((DocumentExample)example).Value;

        var error = ServerError.Parse(json.ToString(), TogetherAIProfile.Instance);

        Assert.That(error?.Message, Is.EqualTo((string?)(json["error"] is JObject inner ? inner["message"] : json["error"])));
    }

    [TestCase("""{"a":1,"b":null}""", """{"b":null,"a":1.0}""", ExpectedResult = true)]
    [TestCase("""{"a":1}""", """{"a":1,"b":2}""", ExpectedResult = false)]
    [TestCase("""{"a":9007199254740993}""", """{"a":9007199254740992}""", ExpectedResult = false)]
    [TestCase("""{"a":1}""", """{"a":"1"}""", ExpectedResult = false)]
    [TestCase("""{"a":[1,null]}""", """{"a":[1]}""", ExpectedResult = false)]
    [TestCase("""{"a":""}""", """{}""", ExpectedResult = false)]
    public bool Canonical_form_forgives_nulls_order_and_spelling_alone(string left, string right)
        => JToken.DeepEquals(CanonicalJson.Parse(left), CanonicalJson.Parse(right));

    private static string RoundTrip(string json, Type type)
    {
        var value = Read.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [json], null)!;
        using var written = ApiJson.Serialize(value);
        using var copy = new MemoryStream();
        written.TrySendAsync(copy, CancellationToken.None).GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(copy.ToArray());
    }

    private static object ReadAs<T>(string json) => ApiJson.Deserialize<T>(Encoding.UTF8.GetBytes(json))!;
}
