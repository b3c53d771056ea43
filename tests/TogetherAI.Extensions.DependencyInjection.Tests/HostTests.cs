using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TogetherAI.DependencyInjection.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.DependencyInjection.Tests;

/// <summary>Clients in the hosts that programs have.</summary>
[CancelAfter(30_000)]
public sealed class HostTests
{
    [Test]
    public async Task Worker_gets_an_area_in_its_constructor(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["TogetherAI:ApiKey"] = Services.Key, ["TogetherAI:BaseUrl"] = server.Url.AbsoluteUri });
        builder.Services.AddTogetherAI(builder.Configuration.GetSection("TogetherAI"));
        builder.Services.AddSingleton<Worker>().AddHostedService(static provider => provider.GetRequiredService<Worker>());
        using var host = builder.Build();

        await host.StartAsync(cancellationToken);

        Assert.That(await host.Services.GetRequiredService<Worker>().Text.Task.WaitAsync(cancellationToken), Is.Not.Empty);
        await host.StopAsync(cancellationToken);
    }

    [Test]
    public async Task Web_application_relays_the_tokens_of_an_injected_area(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 }, cancellationToken);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddTogetherAI(Services.At(server.Url));
        await using var application = builder.Build();
        application.MapGet("/", (ITogetherAIChatClient chat, CancellationToken aborted) => chat.StreamTokensAsync(Services.Chat, aborted));
        await application.StartAsync(cancellationToken);
        using var caller = new HttpClient();

        var tokens = await caller.GetStringAsync(application.Urls.Single(), cancellationToken);

        Assert.That(tokens, Does.StartWith("[\"").And.EndWith("\"]"));
    }

    [Test]
    public async Task Host_with_invalid_options_does_not_start_and_says_all_that_is_wrong(CancellationToken cancellationToken)
    {
        using var host = HostWith(("MaxRetries", "-1"), ("BaseUrl", "relative"), ("ApiKey", Services.Key));

        await Assert.ThatAsync(
            () => host.StartAsync(cancellationToken),
            Throws.TypeOf<OptionsValidationException>().With.Property("Failures").EqualTo(new[]
            {
                "Options of TogetherAI: BaseUrl must be an absolute http or https address.",
                "Options of TogetherAI: MaxRetries must not be negative.",
            }));
    }

    [Test]
    public async Task Host_without_a_key_does_not_start_and_says_where_to_set_it(CancellationToken cancellationToken)
    {
        using var key = EnvironmentVariable.Set("TOGETHER_API_KEY", null);
        using var address = EnvironmentVariable.Set("TOGETHER_BASE_URL", null);
        using var host = HostWith(("ApiKey", " "));

        await Assert.ThatAsync(() => host.StartAsync(cancellationToken), Throws.TypeOf<OptionsValidationException>().With.Message.StartsWith("Options of TogetherAI: No API key. Set TogetherAIOptions.ApiKey"));
    }

    [Test]
    public async Task Host_with_a_value_of_another_type_does_not_start_and_names_the_setting(CancellationToken cancellationToken)
    {
        using var host = HostWith(("ApiKey", Services.Key), ("Timeout", "soon"));

        await Assert.ThatAsync(() => host.StartAsync(cancellationToken), Throws.InvalidOperationException.With.Message.Contains("TogetherAI:Timeout"));
    }

    [Test]
    public async Task Host_with_an_invalid_keyed_client_says_which_it_is(CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddTogetherAI(options => options.ApiKey = Services.Key);
        builder.Services.AddKeyedTogetherAI("eu", options => (options.ApiKey, options.Timeout) = (Services.Key, TimeSpan.Zero));
        using var host = builder.Build();

        await Assert.ThatAsync(() => host.StartAsync(cancellationToken), Throws.TypeOf<OptionsValidationException>().With.Message.StartsWith("Options of TogetherAI \"eu\": Timeout must be positive"));
    }

    private static IHost HostWith(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(static pair => $"TogetherAI:{pair.Key}", static pair => (string?)pair.Value));
        builder.Services.AddTogetherAI(builder.Configuration.GetSection("TogetherAI"));
        return builder.Build();
    }

    private sealed class Worker(ITogetherAIChatClient chat) : BackgroundService
    {
        public TaskCompletionSource<string?> Text { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            => Text.SetResult((await chat.CompleteAsync(Services.Chat, stoppingToken)).Text);
    }
}
