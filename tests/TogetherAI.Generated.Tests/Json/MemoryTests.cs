using Newtonsoft.Json;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Json;

/// <summary>Embeddings and bytes are memory, whichever form they have on the wire.</summary>
public sealed class MemoryTests
{
    [TestCase("[0.5,-1,1e-3]", new[] { 0.5f, -1f, 0.001f })]
    [TestCase("[]", new float[0])]
    [TestCase("\"AAAAPwAAgL8=\"", new[] { 0.5f, -1f })]
    [TestCase("\"\"", new float[0])]
    public void Embedding_is_read_from_numbers_and_from_base64(string json, float[] numbers)
    {
        foreach (var data in Read<EmbeddingData>($$"""{"embedding":{{json}}}"""))
        {
            Assert.That(data.Embedding.ToArray(), Is.EqualTo(numbers));
        }
    }

    [TestCase("\"AAAAPw\"")]
    [TestCase("\"AAAA\"")]
    [TestCase("\"no base64\"")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("[\"a\"]")]
    public void Embedding_that_is_none_fails(string json)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes($$"""{"embedding":{{json}}}""");

        Assert.That(() => ApiJson.Deserialize<EmbeddingData>(utf8), Throws.InstanceOf<JsonException>());
        Assert.That(() => NewtonsoftJson.DeserializeOrNull<EmbeddingData>(utf8), Throws.InstanceOf<JsonException>());
    }

    [TestCase("\"AQID\"", new byte[] { 1, 2, 3 })]
    [TestCase("\"\"", new byte[0])]
    [TestCase("\"AP\\/+\"", new byte[] { 0, 255, 254 })]
    [TestCase("\"AQ\\nID\"", new byte[] { 1, 2, 3 })]
    public void Bytes_are_read_from_base64(string json, byte[] bytes)
    {
        foreach (var data in Read<ImageData>($$"""{"b64_json":{{json}}}"""))
        {
            Assert.That(data.Data.GetValueOrDefault().ToArray(), Is.EqualTo(bytes));
            Assert.That(MockServer.Sent(data), Is.EqualTo($$"""{"b64_json":"{{Convert.ToBase64String(bytes)}}"}"""));
            Assert.That(JsonConvert.SerializeObject(data), Is.EqualTo(MockServer.Sent(data)));
        }
    }

    [TestCase("\"not base64!\"")]
    [TestCase("7")]
    public void Bytes_that_are_none_fail_where_all_depends_on_them(string json)
        => Assert.That(() => ApiJson.Deserialize<ImageData>(System.Text.Encoding.UTF8.GetBytes($$"""{"b64_json":{{json}}}""")), Throws.InstanceOf<JsonException>());

    [Test]
    public void Memory_is_written_as_the_service_takes_it()
    {
        var data = new EmbeddingData { Embedding = new[] { 0.5f, -1f } };
        var audio = ChatCompletionContentPart.FromAudio(new byte[] { 1, 2, 3 }, ChatCompletionInputAudioFormat.Wav);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(MockServer.Sent(data), Is.EqualTo("""{"embedding":[0.5,-1.0]}"""));
            Assert.That(JsonConvert.SerializeObject(data), Is.EqualTo(MockServer.Sent(data)));
            Assert.That(MockServer.Sent(audio), Is.EqualTo("""{"type":"input_audio","input_audio":{"data":"AQID","format":"wav"}}"""));
        }
    }

    [TestCase("9007199254740993")]
    [TestCase("15924764223251450000")]
    [TestCase("18446744073709551615")]
    [TestCase("-1")]
    [TestCase("42.0", "42")]
    public void Seed_that_came_back_can_be_sent(string json, string? sent = null)
    {
        foreach (var chunk in Read<ChatCompletionChunkChoice>($$"""{"seed":{{json}}}"""))
        {
            var request = new ImageRequest { Model = "m", Prompt = "p", Seed = chunk.Seed };

            Assert.That(MockServer.Sent(request), Is.EqualTo($$"""{"model":"m","prompt":"p","seed":{{sent ?? json}}}"""));
        }
    }

    [Test]
    public void Seed_with_a_fraction_is_refused()
    {
        using var client = new TogetherAIClient(new TogetherAIOptions { ApiKey = "test-key" });

        Assert.That(
            () => client.Images.GenerateAsync(new ImageRequest { Model = "m", Prompt = "p", Seed = 0.5m }),
            Throws.InstanceOf<ArgumentException>().With.Message.StartsWith("request.Seed must be an integer."));
    }

    [TestCase("0.00000035")]
    [TestCase("3.5e-7")]
    [TestCase("0.1")]
    [TestCase("7")]
    public void Price_is_exact(string json)
    {
        foreach (var pricing in Read<ModelPricing>($$"""{"input":{{json}},"image":{{json}}}"""))
        {
            var price = decimal.Parse(json, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);
            Assert.That((pricing.Input, pricing.Image!.Amount), Is.EqualTo(((decimal?)price, (decimal?)price)));
        }
    }

    // By both readers.
    private static IEnumerable<T> Read<T>(string json)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(json);
        yield return ApiJson.Deserialize<T>(utf8);
        yield return NewtonsoftJson.DeserializeOrNull<T>(utf8)!;
    }
}
