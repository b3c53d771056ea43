using NUnit.Framework;
using TogetherAI.LocalServer;

namespace TogetherAI.Samples.Testing;

/// <summary>Tests of an application with the local server: real HTTP, no key, and failures on purpose.</summary>
public sealed class SummarizerTests
{
    [Test]
    public async Task Summarize_returns_the_text_of_the_model()
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 });
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url });

        var summary = await new Summarizer(client.Chat).SummarizeAsync("A long story.");

        Assert.That(summary, Is.Not.Empty);
    }

    [Test]
    public async Task Summarize_a_stream_that_is_cut_short_is_not_a_summary()
    {
        await using var server = await StartAsync(TogetherAILocalServerFault.Truncation);
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url });

        var summarize = () => new Summarizer(client.Chat).SummarizeAsync("A long story.");

        Assert.That(summarize, Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.Incomplete));
    }

    [Test]
    public async Task Summarize_when_the_service_is_busy_is_null()
    {
        await using var server = await StartAsync(TogetherAILocalServerFault.RateLimit);
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url, MaxRetries = 0 });

        Assert.That(await new Summarizer(client.Chat).SummarizeAsync("A long story."), Is.Null);
    }

    private static Task<TogetherAILocalServer> StartAsync(TogetherAILocalServerFault fault)
        => TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions
        {
            TokensPerSecond = 0,
            Faults = new TogetherAILocalServerFaults { Rates = { [fault] = 1 } },
        });
}
