using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Embeddings;

public sealed class EmbeddingsTests
{
    [Test, CancelAfter(30_000)]
    public async Task Create_vectors_are_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", "/v1/embeddings", """{"object":"list","model":"m","data":[{"object":"embedding","embedding":[0.5,-1,1e-3],"index":0}]}""");

        var answer = await server.Client.Embeddings.CreateAsync(new EmbeddingRequest { Model = "m", Input = ["a", "b"] }, cancellationToken: cancellationToken);

        Assert.That(answer.Data.Single().Embedding.ToArray(), Is.EqualTo(new[] { 0.5f, -1f, 1e-3f }));
        Assert.That(server.Received.Body, Is.EqualTo("""{"model":"m","input":["a","b"]}"""));
    }

    [Test, CancelAfter(30_000)]
    public async Task Create_one_text_is_sent_as_a_text(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", "/v1/embeddings", """{"data":[]}""");

        await server.Client.Embeddings.CreateAsync(new EmbeddingRequest { Model = "m", Input = "a" }, cancellationToken: cancellationToken);

        Assert.That(server.Received.Body, Is.EqualTo("""{"model":"m","input":"a"}"""));
    }
}
