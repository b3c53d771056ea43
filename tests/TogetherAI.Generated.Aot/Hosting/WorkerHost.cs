using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TogetherAI.Aot.Hosting;

/// <summary>A worker with clients from configuration, a health check, and an <see cref="IChatClient"/> that calls tools.</summary>
internal static class WorkerHost
{
    public const string Keyed = "other";

    /// <summary>Runs the worker to its end, and then hosts that must not start; prints what comes of it.</summary>
    public static async Task RunAsync(Uri url, string key, TextWriter output)
    {
        await RunAsync(url, key, output, ("TogetherAI:Timeout", "00:01:00"), ("TogetherAI:Headers:X-Tenant", "one"), ("TogetherAI:Timeuot", "00:00:01"));
        await RunAsync(url, key, output, ("TogetherAI:Timeout", "soon"));
        await RunAsync(url, key, output, ("TogetherAI:MaxEventBytes", "-1"));
        await RunAsync(url, key, output, ("TogetherAI:BaseUrl", "not an address"));
    }

    private static async Task RunAsync(Uri url, string key, TextWriter output, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["TogetherAI:BaseUrl"] = url.ToString(),
            ["TogetherAI:ApiKey"] = key,
            ["TogetherAI:MaxRetries"] = "0",
            ["Other:BaseUrl"] = url.ToString(),
            ["Other:ApiKey"] = "a key that the server does not know",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(static setting => setting.Name, static setting => (string?)setting.Value));
        AddServices(builder, output);
        try
        {
            using var host = builder.Build();
            await host.RunAsync();
        }
        catch (Exception exception) when (exception is InvalidOperationException or OptionsValidationException)
        {
            output.WriteLine($"! {exception.GetType().Name}: {exception.Message}");
        }
    }

    private static void AddServices(HostApplicationBuilder builder, TextWriter output)
    {
        builder.Services.AddTogetherAI(builder.Configuration.GetSection("TogetherAI"));
        builder.Services.AddKeyedTogetherAI(Keyed, builder.Configuration.GetSection("Other"));
        builder.Services.AddTogetherAIChatClient("any/model", static (chat, services) => chat.AsBuilder().UseFunctionInvocation().Build(services));
        builder.Services.AddKeyedTogetherAIChatClient(Keyed, "any/model");
        builder.Services.AddTogetherAIEmbeddingGenerator("any/model");
        builder.Services.AddHealthChecks().AddCheck<TogetherAIHealthCheck>("together");
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddProvider(new EventLog(output));
        builder.Services.AddSingleton(output);
        builder.Services.AddHostedService<Worker>();
    }
}
