using System.Text;
using Newtonsoft.Json;
using NUnit.Framework;

namespace TogetherAI.Tests.Json;

/// <summary>A list of a response is empty where there is none, and is still written as it came.</summary>
public sealed class ResponseListTests
{
    [TestCase("{}", "{}")]
    [TestCase("""{"choices":null}""", "{}")]
    [TestCase("""{"choices":[]}""", """{"choices":[]}""")]
    [TestCase("""{"id":"a","choices":[{"index":0,"tool_calls":[],"delta":{"content":"x"}}],"usage":{}}""", """{"id":"a","choices":[{"index":0,"delta":{"content":"x"},"tool_calls":[]}],"usage":{}}""")]
    public void Chunk_that_was_read_through_is_written_as_it_came(string json, string expected)
    {
        var chunk = ApiJson.Deserialize<ChatCompletionChunk>(Encoding.UTF8.GetBytes(json));

        var read = chunk.Choices.Count + chunk.Warnings.Count + chunk.Choices.Sum(choice => choice.ToolCalls.Count + choice.Delta?.ToolCalls.Count);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read, Is.EqualTo(chunk.Choices.Count));
            Assert.That(JsonConvert.SerializeObject(chunk), Is.EqualTo(expected));
            Assert.That(Written(chunk), Is.EqualTo(expected));
        }
    }

    [TestCase("{}")]
    [TestCase("""{"choices":null}""")]
    public void Missing_list_that_is_required_is_an_error_that_names_it(string json)
        => Assert.That(
            () => ApiJson.Deserialize<ChatCompletionResponse>(Encoding.UTF8.GetBytes(json)),
            Throws.InstanceOf<JsonException>().With.Message.Contains("'choices'"));

    [Test]
    public void Response_of_a_test_has_what_the_test_gave_it()
    {
        var response = new ChatCompletionResponse { Id = "a" };
        var before = response.Choices.Count;

        response.Choices = [new ChatCompletionChoice { Index = 0 }];
        var after = Written(response);
        response.Choices = null;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Zero);
            Assert.That(after, Is.EqualTo("""{"id":"a","choices":[{"index":0}]}"""));
            Assert.That(response.Choices, Is.Empty);
            Assert.That(Written(response), Is.EqualTo("""{"id":"a"}"""));
        }
    }

    [Test]
    public void Name_of_a_list_in_other_case_is_the_list()
    {
        var chunk = ApiJson.Deserialize<ChatCompletionChunk>("""{"Choices":[{"INDEX":1}]}"""u8);

        Assert.That(chunk.Choices.Single().Index, Is.EqualTo(1));
    }

    private static string Written(object value)
    {
        using var json = ApiJson.Serialize(value);
        using var bytes = new MemoryStream();
        json.TrySendAsync(bytes, CancellationToken.None).GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
