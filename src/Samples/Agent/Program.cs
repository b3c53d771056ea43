using TogetherAI;
using TogetherAI.LocalServer;
using TogetherAI.Samples.Agent;

// With a key, the agent talks to Together; without one, to a mock server, which calls tools but knows nothing.
var hasKey = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TOGETHER_API_KEY"));
await using var server = hasKey ? null : await TogetherAILocalServer.StartAsync();
using var together = new TogetherAIClient(server is null ? new TogetherAIOptions() : new TogetherAIOptions { BaseUrl = server.Url });

var agent = new WeatherAgent(together.Chat, Console.Out);
foreach (var question in args.Length > 0 ? args : ["What is the weather like in Paris?", "And tomorrow?"])
{
    await agent.AskAsync(question);
}
