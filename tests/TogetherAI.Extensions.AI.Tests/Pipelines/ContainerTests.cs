using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TogetherAI.LocalServer;

namespace TogetherAI.Extensions.AI.Tests.Pipelines;

/// <summary>The adapters in a service collection.</summary>
[CancelAfter(30_000)]
public sealed class ContainerTests
{
    [Test]
    public async Task AddTogetherAIChatClient_gives_a_client_of_the_registered_one()
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 });
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url });
        await using var provider = new ServiceCollection()
            .AddSingleton<ITogetherAIChatClient>(client.Chat)
            .AddTogetherAIChatClient("any")
            .BuildServiceProvider();

        var response = await provider.GetRequiredService<IChatClient>().GetResponseAsync("Say 5 words.");

        Assert.That(response.Text, Is.Not.Empty);
        Assert.That(response.ModelId, Is.EqualTo("any"));
    }

    [Test]
    public async Task AddTogetherAIChatClient_with_a_pipeline_calls_functions()
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 });
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url });
        await using var provider = new ServiceCollection()
            .AddSingleton<ITogetherAIChatClient>(client.Chat)
            .AddTogetherAIChatClient("any", static (chat, services) => chat.AsBuilder().UseFunctionInvocation().Build(services))
            .BuildServiceProvider();
        var calls = 0;
        var weather = AIFunctionFactory.Create((string city) => { calls++; return "sunny"; }, "get_weather");

        await provider.GetRequiredService<IChatClient>().GetResponseAsync("Call get_weather.", new ChatOptions { Tools = [weather] });

        Assert.That(calls, Is.EqualTo(1));
    }

    [Test]
    public async Task AddKeyedTogetherAIChatClient_takes_the_client_of_its_key_and_otherwise_the_one_without()
    {
        using var eu = new TogetherAIClient(new TogetherAIOptions { BaseUrl = new Uri("http://127.0.0.1:1") });
        using var common = new TogetherAIClient(new TogetherAIOptions { BaseUrl = new Uri("http://127.0.0.1:2") });
        await using var provider = new ServiceCollection()
            .AddKeyedSingleton<ITogetherAIChatClient>("eu", eu.Chat)
            .AddSingleton<ITogetherAIChatClient>(common.Chat)
            .AddKeyedTogetherAIChatClient("eu")
            .AddKeyedTogetherAIChatClient("us")
            .BuildServiceProvider();

        Assert.That(provider.GetRequiredKeyedService<IChatClient>("eu").GetService<ITogetherAIChatClient>(), Is.SameAs(eu.Chat));
        Assert.That(provider.GetRequiredKeyedService<IChatClient>("us").GetService<ITogetherAIChatClient>(), Is.SameAs(common.Chat));
    }

    [Test]
    public async Task AddTogetherAIEmbeddingGenerator_embeds_with_and_without_a_key()
    {
        await using var server = await TogetherAILocalServer.StartAsync();
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url });
        await using var provider = new ServiceCollection()
            .AddSingleton<ITogetherAIEmbeddingsClient>(client.Embeddings)
            .AddTogetherAIEmbeddingGenerator("any")
            .AddKeyedTogetherAIEmbeddingGenerator("eu", "other")
            .BuildServiceProvider();

        var one = await provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["a cat"]);
        var other = await provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("eu").GenerateAsync(["a cat"]);

        Assert.That(one.Single().Vector.Length, Is.EqualTo(384));
        Assert.That(other.Single().Vector.Length, Is.EqualTo(384));
    }

    [Test]
    public async Task Images_and_audio_are_registered_with_and_without_a_key()
    {
        using var eu = new TogetherAIClient(new TogetherAIOptions { BaseUrl = new Uri("http://127.0.0.1:1") });
        using var common = new TogetherAIClient(new TogetherAIOptions { BaseUrl = new Uri("http://127.0.0.1:2") });
        var decorated = new List<object>();
        await using var provider = new ServiceCollection()
            .AddKeyedSingleton<ITogetherAIImagesClient>("eu", eu.Images)
            .AddSingleton<ITogetherAIImagesClient>(common.Images)
            .AddSingleton<ITogetherAIAudioClient>(common.Audio)
            .AddTogetherAIImageGenerator("m", (generator, _) => Decorate(generator))
            .AddKeyedTogetherAIImageGenerator("eu")
            .AddTogetherAISpeechToTextClient(decorate: (client, _) => Decorate(client))
            .AddKeyedTogetherAISpeechToTextClient("eu")
            .AddTogetherAITextToSpeechClient("m", "voice", (client, _) => Decorate(client))
            .AddKeyedTogetherAITextToSpeechClient("eu")
            .BuildServiceProvider();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(provider.GetRequiredService<IImageGenerator>().GetService<ITogetherAIImagesClient>(), Is.SameAs(common.Images));
            Assert.That(provider.GetRequiredKeyedService<IImageGenerator>("eu").GetService<ITogetherAIImagesClient>(), Is.SameAs(eu.Images));
            Assert.That(provider.GetRequiredService<ISpeechToTextClient>().GetService<ITogetherAIAudioClient>(), Is.SameAs(common.Audio));
            Assert.That(provider.GetRequiredKeyedService<ISpeechToTextClient>("eu").GetService<ITogetherAIAudioClient>(), Is.SameAs(common.Audio));
            Assert.That(provider.GetRequiredService<ITextToSpeechClient>().GetService<TextToSpeechClientMetadata>()!.DefaultModelId, Is.EqualTo("m"));
            Assert.That(provider.GetRequiredKeyedService<ITextToSpeechClient>("eu").GetService<ITogetherAIAudioClient>(), Is.SameAs(common.Audio));
            Assert.That(decorated, Has.Count.EqualTo(3));
        }

        T Decorate<T>(T service)
            where T : class
        {
            decorated.Add(service);
            return service;
        }
    }

    [Test]
    public void Client_that_is_not_registered_is_named()
    {
        using var provider = new ServiceCollection().AddTogetherAIChatClient("any").BuildServiceProvider();

        Assert.That(provider.GetRequiredService<IChatClient>, Throws.InvalidOperationException.With.Message.Contains(nameof(ITogetherAIChatClient)));
    }
}
