using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using TogetherAI;
using TogetherAI.LocalServer;

// The source and the meter of the client. A service would export to its collector instead of the console.
using var traces = Sdk.CreateTracerProviderBuilder().AddSource("TogetherAI").AddConsoleExporter().Build();
using var metrics = Sdk.CreateMeterProviderBuilder().AddMeter("TogetherAI").AddConsoleExporter().Build();

// A mock server, so that the sample needs no key. With this seed it refuses some attempts: the retries are events of the span.
await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions
{
    TokensPerSecond = 0,
    Faults = new TogetherAILocalServerFaults
    {
        Rates = { [TogetherAILocalServerFault.RateLimit] = 0.5 },
        RateLimitBurst = 1,
        RateLimitReset = TimeSpan.FromSeconds(0.1),
        Seed = 1,
    },
});
using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url });
var request = new ChatCompletionRequest
{
    Model = "meta-llama/Llama-3.3-70B-Instruct-Turbo",
    Temperature = 0.5,
    MaxTokens = 30,
    Messages = [ChatCompletionMessage.FromUser("Why is the sky blue?")],
};

await foreach (var text in client.Chat.StreamTokensAsync(request))
{
    Console.Write(text);
}

Console.WriteLine("\n");
