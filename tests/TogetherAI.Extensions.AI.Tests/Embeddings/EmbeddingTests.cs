using Microsoft.Extensions.AI;
using NUnit.Framework;
using TogetherAI.Extensions.AI.Tests.Support;

namespace TogetherAI.Extensions.AI.Tests.Embeddings;

/// <summary>The embedding generator.</summary>
[CancelAfter(30_000)]
public sealed class EmbeddingTests
{
    [Test]
    public async Task Texts_are_embedded_in_their_order()
    {
        await using var server = ChatServer.Whole("""{"model":"org/model-1","extra":"e","data":[{"index":1,"embedding":[3,4]},{"index":0,"embedding":[1,2.5]}],"usage":{"prompt_tokens":3,"total_tokens":3}}""");
        using var generator = server.Client.Embeddings.AsIEmbeddingGenerator(ChatServer.Model);

        var embeddings = await generator.GenerateAsync(["a", "b"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Sent.ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo("""{"model":"org/model","input":["a","b"]}"""));
            Assert.That(embeddings.Select(static embedding => embedding.Vector.ToArray()), Is.EqualTo(new[] { new[] { 1f, 2.5f }, [3f, 4f] }));
            Assert.That(embeddings[0].ModelId, Is.EqualTo("org/model-1"));
            Assert.That((embeddings.Usage!.InputTokenCount, embeddings.Usage.TotalTokenCount), Is.EqualTo((3L, 3L)));
            Assert.That(embeddings.AdditionalProperties!["extra"], Is.EqualTo("e"));
        }
    }

    [TestCase("""{"data":[{"index":0,"embedding":[1]}]}""")]
    [TestCase("""{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}""")]
    [TestCase("""{"data":[{"index":1,"embedding":[1]},{"index":2,"embedding":[1]}]}""")]
    public async Task Response_that_does_not_fit_the_texts_is_refused(string json)
    {
        await using var server = ChatServer.Whole(json);
        using var generator = server.Client.Embeddings.AsIEmbeddingGenerator(ChatServer.Model);

        Assert.That(() => generator.GenerateAsync(["a", "b"]), Throws.TypeOf<TogetherAIInvalidResponseException>());
    }

    [Test]
    public async Task Options_are_sent_or_refused()
    {
        await using var server = ChatServer.Whole("""{"data":[{"index":0,"embedding":[1]}]}""");
        using var generator = server.Client.Embeddings.AsIEmbeddingGenerator();

        await generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { ModelId = "other/model", AdditionalProperties = new() { ["dimensions"] = 1 }, RawRepresentationFactory = static _ => new EmbeddingRequest("", "") { EncodingFormat = "float" } });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Sent["model"]!.ToString(), Is.EqualTo("other/model"));
            Assert.That(server.Sent["dimensions"]!.ToString(), Is.EqualTo("1"));
            Assert.That(server.Sent["encoding_format"]!.ToString(), Is.EqualTo("float"));
            Assert.That(() => generator.GenerateAsync(["a"]), Throws.InvalidOperationException);
            Assert.That(() => generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { Dimensions = 8 }), Throws.TypeOf<NotSupportedException>().With.Message.Contains("Dimensions"));
            Assert.That(() => generator.GenerateAsync(null!), Throws.ArgumentNullException);
        }
    }

    [Test]
    public async Task No_texts_need_no_request()
    {
        await using var server = ChatServer.Text();
        using var generator = server.Client.Embeddings.AsIEmbeddingGenerator(ChatServer.Model);

        var embeddings = await generator.GenerateAsync([]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(embeddings, Is.Empty);
            Assert.That(server.Requests, Is.Empty);
            Assert.That(generator.GetService<EmbeddingGeneratorMetadata>()!.ProviderName, Is.EqualTo("together_ai"));
            Assert.That(generator.GetService<ITogetherAIEmbeddingsClient>(), Is.SameAs(server.Client.Embeddings));
        }
    }
}
