using TogetherAI;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddKeyedTogetherAI("summaries", builder.Configuration.GetSection("TogetherAI"));
builder.Services.AddHostedService<Summaries>();
await builder.Build().RunAsync();

internal sealed class Summaries([FromKeyedServices("summaries")] ITogetherAIChatClient chat, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var response = await chat.CompleteAsync(
            new ChatCompletionRequest { Model = "any/model", Messages = [ChatCompletionMessage.FromUser("Summarize the day.")] },
            stoppingToken);
        Console.WriteLine(response.Text);
        lifetime.StopApplication();
    }
}
