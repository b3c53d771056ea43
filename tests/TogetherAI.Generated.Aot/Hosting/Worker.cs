using System.ComponentModel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace TogetherAI.Aot.Hosting;

/// <summary>Makes the calls of a worker with what it gets from the container.</summary>
internal sealed class Worker(
    ITogetherAIChatClient together,
    [FromKeyedServices(WorkerHost.Keyed)] ITogetherAIModelsClient unauthorized,
    IChatClient chat,
    [FromKeyedServices(WorkerHost.Keyed)] IChatClient unauthorizedChat,
    IEmbeddingGenerator<string, Embedding<float>> embeddings,
    HealthCheckService health,
    IHostApplicationLifetime lifetime,
    TextWriter output) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await CallClientsAsync(stoppingToken);
        await ChatAsync(stoppingToken);
        await CallToolAsync(stoppingToken);
        await ReadValueAsync(stoppingToken);
        var vectors = await embeddings.GenerateAsync(["first", "second"], cancellationToken: stoppingToken);
        output.WriteLine($"= {vectors.Count} vectors of {vectors[0].Vector.Length} numbers");
        var report = await health.CheckHealthAsync(stoppingToken);
        output.WriteLine($"= {string.Join(", ", report.Entries.Select(static entry => $"{entry.Key}: {entry.Value.Status} {entry.Value.Description}"))}");
        lifetime.StopApplication();
    }

    [Description("Tells the weather.")]
    private static Weather GetWeather([Description("The city.")] string city, int days = 1) => new(city, days, ["sun", "rain"]);

    private async Task CallClientsAsync(CancellationToken cancellationToken)
    {
        var request = new ChatCompletionRequest("any/model", [ChatCompletionMessage.FromUser("Say hello.")]);
        output.WriteLine($"= {(await together.CompleteAsync(request, cancellationToken)).Text}");
        output.WriteLine($"= {string.Join("|", await together.StreamTokensAsync(request, cancellationToken).ToListAsync(cancellationToken))}");
        await FailsAsync(() => unauthorized.ListAsync(cancellationToken));
        await FailsAsync(() => unauthorizedChat.GetResponseAsync("Hi", cancellationToken: cancellationToken));
    }

    private async Task ChatAsync(CancellationToken cancellationToken)
    {
        var options = new ChatOptions { Temperature = 0.5f, StopSequences = ["never"], Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low }, AdditionalProperties = new() { ["min_p"] = 0.05 } };
        var updates = await chat.GetStreamingResponseAsync("Tell me about the sea.", options, cancellationToken).ToListAsync(cancellationToken);
        var response = updates.ToChatResponse();
        output.WriteLine($"= {response.Text} {response.FinishReason} {response.Usage?.TotalTokenCount} {updates.Count}");
    }

    private async Task CallToolAsync(CancellationToken cancellationToken)
    {
        var tool = AIFunctionFactory.Create(GetWeather, "get_weather", serializerOptions: WorkerContext.Default.Options);
        output.WriteLine($"= {tool.JsonSchema}");
        var response = await chat.GetResponseAsync("What is the weather like in Paris?", new ChatOptions { Tools = [tool] }, cancellationToken);
        foreach (var content in response.Messages.SelectMany(static message => message.Contents))
        {
            output.WriteLine(content switch
            {
                FunctionCallContent call => $"= {call.Name}({string.Join(", ", call.Arguments?.Select(static argument => $"{argument.Key}: {argument.Value}") ?? [])})",
                FunctionResultContent result => $"= {result.Result}",
                _ => $"= {content}",
            });
        }
    }

    private async Task ReadValueAsync(CancellationToken cancellationToken)
    {
        var response = await chat.GetResponseAsync<Weather>("What is the weather like in Paris?", WorkerContext.Default.Options, cancellationToken: cancellationToken);
        output.WriteLine($"= {response.Result.City} {response.Result.Days} {response.Result.Hours.Count}");
        var typed = await together.CompleteAsync(new ChatCompletionRequest("any/model", [ChatCompletionMessage.FromUser("The weather?")]), WorkerContext.Default.Weather, cancellationToken: cancellationToken);
        output.WriteLine($"= {typed.Value.City} {typed.Value.Days} {typed.Value.Hours.Count}");
    }

    private async Task FailsAsync(Func<Task> call)
    {
        try
        {
            await call();
            output.WriteLine("! It has not failed.");
        }
        catch (TogetherAIException exception)
        {
            output.WriteLine($"! {exception.GetType().Name} {exception.StatusCode}");
        }
    }
}
