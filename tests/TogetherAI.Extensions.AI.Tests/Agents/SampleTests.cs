using NUnit.Framework;
using TogetherAI.LocalServer;
using TogetherAI.Samples.Agent;

namespace TogetherAI.Extensions.AI.Tests.Agents;

/// <summary>The agent of the samples, against the local server.</summary>
[CancelAfter(30_000)]
public sealed class SampleTests
{
    [Test]
    public async Task Agent_of_the_samples_calls_its_tool_and_writes_the_response(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 }, cancellationToken);
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url });
        await using var output = new StringWriter();
        var agent = new WeatherAgent(client.Chat, output);

        await agent.AskAsync("What is the weather like in Paris?", cancellationToken);
        await agent.AskAsync("And tomorrow?", cancellationToken);

        var lines = output.ToString();
        Assert.That(lines, Does.Contain("> What is the weather like in Paris?").And.Contain("[get_weather: ").And.Contain("mock server").And.Contain("> And tomorrow?"));
    }
}
