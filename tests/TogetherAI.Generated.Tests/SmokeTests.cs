using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace TogetherAI.Tests;

public sealed class SmokeTests
{
    [Test]
    public async Task StreamTokens_two_chunks_yields_both_texts()
    {
        using var server = WireMockServer.Start();
        server.Given(Request.Create().WithPath("/inference").UsingPost()).RespondWith(Response.Create()
            .WithHeader("Content-Type", "text/event-stream")
            .WithBody("data: {\"choices\":[{\"text\":\"Hel\"}]}\n\ndata: {\"choices\":[{\"text\":\"lo\\ud83d\"}],\"usage\":null}\n\ndata: [DONE]\n\n"));
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = new Uri(server.Url!), ApiKey = "k" });
        var texts = new List<string>();
        await foreach (var text in client.StreamTokensAsync(new InferenceRequest { Model = "m", Prompt = "p" }))
        {
            texts.Add(text);
        }

        Assert.That(texts, Is.EqualTo(new[] { "Hel", "lo\ud83d" }));
        Assert.That(server.LogEntries.Single().RequestMessage!.Body, Is.EqualTo("{\"model\":\"m\",\"prompt\":\"p\",\"stream_tokens\":true}"));
        var chunks = new List<InferenceChunk>();
        await foreach (var chunk in client.StreamAsync(new InferenceRequest { Model = "m", Prompt = "p" }))
        {
            chunks.Add(chunk);
        }

        Assert.That(chunks.Select(c => c.Choices![0].Text), Is.EqualTo(texts));
        using var bytes = await client.StreamBytesAsync(new InferenceRequest { Model = "m", Prompt = "p" });
        using var reader = new StreamReader(bytes);
        Assert.That(await reader.ReadToEndAsync(), Does.EndWith("data: [DONE]\n\n"));
    }
}
