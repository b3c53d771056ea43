using Microsoft.Extensions.AI;
using NUnit.Framework;
using TogetherAI.Extensions.AI.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Extensions.AI.Tests.Agents;

/// <summary>An agent of Microsoft.Agents.AI over the adapter.</summary>
[CancelAfter(30_000)]
public sealed class AgentTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Agent_calls_its_tool_and_responds(bool isStreaming)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 });
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url });
        var cities = new List<string>();
        var weather = AIFunctionFactory.Create((string city) => { cities.Add(city); return "sunny"; }, "get_weather");
        var agent = client.Chat.AsIChatClient("org/model").AsAIAgent(instructions: "You know the weather.", name: "Weather Agent", tools: [weather]);

        var text = isStreaming
            ? string.Concat(await agent.RunStreamingAsync("What is the weather like?").Select(static update => update.Text).ToListAsync())
            : (await agent.RunAsync("What is the weather like?")).Text;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(cities, Has.Count.EqualTo(1));
            Assert.That(text, Does.Contain("mock server"));
        }
    }

    [Test]
    public async Task Session_of_an_agent_sends_the_conversation_and_nothing_of_its_own()
    {
        await using var server = ChatServer.Message("""{"role":"assistant","content":"4","reasoning_content":"2+2"}""");
        var agent = server.Chat.AsAIAgent(instructions: "Be brief.", name: "Math");
        var session = await agent.CreateSessionAsync();

        await agent.RunAsync("2+2?", session);
        await agent.RunAsync("3+3?", await agent.DeserializeSessionAsync(await agent.SerializeSessionAsync(session)));

        Assert.That(
            server.Requests[1].Json["messages"]!.ToString(Newtonsoft.Json.Formatting.None),
            Is.EqualTo("""[{"role":"system","content":"Be brief."},{"role":"user","content":"2+2?"},{"role":"assistant","content":"4","name":"Math","reasoning_content":"2+2"},{"role":"user","content":"3+3?"}]"""));
    }
}
