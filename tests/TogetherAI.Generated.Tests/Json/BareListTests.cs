using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Json;

/// <summary>A list that the document has as a bare array is an object in C#, which is read from both and written as it came.</summary>
public sealed class BareListTests
{
    [TestCase("[]", 0)]
    [TestCase("""[{"id":"a"},{"id":"b","more":1}]""", 2)]
    [TestCase("""{"data":[]}""", 0)]
    [TestCase("""{"data":[{"id":"a"}],"object":"list","next":"c","none":null}""", 1)]
    [TestCase("""[{"id":"a","context_length":[1]}]""", 1)]
    [TestCase("""{"data":[{"id":"a","context_length":[1]}],"next":[2]}""", 1)]
    public void List_is_written_as_it_came(string json, int count)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        ModelListResponse[] lists =
        [
            ApiJson.Deserialize<ModelListResponse>(utf8),
            NewtonsoftJson.DeserializeOrNull<ModelListResponse>(utf8)!,
            NewtonsoftJson.Convert<ModelListResponse>(JToken.Parse(json))!,
        ];

        foreach (var list in lists)
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(list.Data, Has.Count.EqualTo(count));
                Assert.That(Written(list), Is.EqualTo(json));
                Assert.That(MockServer.Sent(list), Is.EqualTo(json));
                Assert.That(JsonConvert.SerializeObject(list), Is.EqualTo(json));
            }
        }
    }

    [TestCase("""[{"id":"a"}]""")]
    [TestCase("""{"data":[{"id":"a"}],"next":"c"}""")]
    public void List_is_read_and_written_by_a_program_of_its_own(string json)
        => Assert.That(JsonConvert.SerializeObject(JsonConvert.DeserializeObject<ModelListResponse>(json)), Is.EqualTo(json));

    [TestCase("{}")]
    [TestCase("""{"data":null}""")]
    [TestCase("""{"models":[]}""")]
    [TestCase("""{"data":{}}""")]
    [TestCase("""[5]""")]
    [TestCase("null")]
    [TestCase("\"\"")]
    [TestCase("\"text\"")]
    [TestCase("5")]
    [TestCase("[")]
    [TestCase("""{"data":[""")]
    public void What_is_no_list_is_an_error(string json)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);

        Assert.That(() => ApiJson.Deserialize<ModelListResponse>(utf8), Throws.InstanceOf<JsonException>());
        Assert.That(Utf8AgreementTests.OutcomeOf(() => NewtonsoftJson.DeserializeOrNull<ModelListResponse>(utf8)), Is.EqualTo("unreadable"));
    }

    [Test]
    public void List_of_a_test_is_written_as_the_document_has_it()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Written(new ModelListResponse()), Is.EqualTo("[]"));
            Assert.That(Written(new ModelListResponse { Data = [new TogetherAIModel { Id = "a" }] }), Is.EqualTo("""[{"id":"a"}]"""));
            Assert.That(Written(new ModelListResponse { Data = [], AdditionalProperties = { ["next"] = "c" } }), Is.EqualTo("""{"data":[],"next":"c"}"""));
        }
    }

    private static string Written(object value)
    {
        using var json = ApiJson.Serialize(value);
        using var bytes = new MemoryStream();
        json.TrySendAsync(bytes, CancellationToken.None).GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
