using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TogetherAI.DependencyInjection.Tests.Support;

namespace TogetherAI.DependencyInjection.Tests;

/// <summary>Where options and keys come from.</summary>
[CancelAfter(30_000)]
public sealed class OptionsTests
{
    [Test]
    public void Every_option_that_is_no_code_is_read_from_configuration()
    {
        var configuration = Services.Configuration(
            ("Ai:ApiKey", Services.Key), ("Ai:BaseUrl", "https://example.com/v1"), ("Ai:Timeout", "00:00:30"), ("Ai:StreamIdleTimeout", "00:00:10"),
            ("Ai:FirstEventTimeout", "00:00:05"), ("Ai:MaxRetries", "5"), ("Ai:MaxEventBytes", "1"), ("Ai:MaxResponseBytes", "2"), ("Ai:MaxErrorResponseBytes", "3"),
            ("Ai:AllowNonEventStreams", "true"), ("Ai:AllowUnterminatedStreams", "true"), ("Ai:AllowInsecureHttp", "true"), ("Ai:Headers:X-Team", "blue"));
        using var provider = Services.Build(services => services.AddTogetherAI(configuration.GetSection("Ai")));

        var options = provider.GetRequiredService<IOptions<TogetherAIOptions>>().Value;

        using (Assert.EnterMultipleScope())
        {
            foreach (var property in typeof(TogetherAIOptions).GetProperties().Where(static property => property.PropertyType.IsPrimitive || property.PropertyType == typeof(TimeSpan) || property.PropertyType == typeof(TimeSpan?)))
            {
                Assert.That(property.GetValue(options), Is.Not.EqualTo(property.GetValue(new TogetherAIOptions())), property.Name);
            }

            Assert.That(options.ApiKey, Is.EqualTo(Services.Key));
            Assert.That(options.BaseUrl, Is.EqualTo(new Uri("https://example.com/v1")));
            Assert.That(options.Headers, Is.EqualTo(new Dictionary<string, string> { ["X-Team"] = "blue" }));
        }
    }

    [Test]
    public async Task Key_comes_from_the_environment_where_configuration_has_none([Values("", null)] string? configured, CancellationToken cancellationToken)
    {
        using var key = EnvironmentVariable.Set("TOGETHER_API_KEY", "key-of-the-environment");
        await using var server = RawServer.Answering(Answers.Run);
        var configuration = Services.Configuration(("Ai:ApiKey", configured), ("Ai:BaseUrl", server.Url.AbsoluteUri));
        await using var provider = Services.Build(services => services.AddTogetherAI(configuration.GetSection("Ai")));

        await provider.GetRequiredService<ITogetherAIInferenceClient>().RunAsync(new InferenceRequest("m", "p"), cancellationToken);

        Assert.That(server.Request.Header("Authorization"), Is.EqualTo("Bearer key-of-the-environment"));
    }

    [Test]
    public async Task Key_of_a_configuration_that_is_reloaded_holds_from_the_next_attempt(CancellationToken cancellationToken)
    {
        var configuration = Services.Configuration(("Ai:ApiKey", "first-key"));
        await using var server = RawServer.Start((connection, request, stop) =>
        {
            if (request.Header("Authorization") == "Bearer first-key")
            {
                configuration["Ai:ApiKey"] = "second-key";
                configuration.Reload();
            }

            return connection.SendAsync(request.Header("Authorization") == "Bearer first-key" ? Answers.Empty(503) : Answers.Run, stop);
        });
        await using var provider = Services.Build(services =>
        {
            services.AddTogetherAI(configuration.GetSection("Ai"));
            services.Configure<TogetherAIOptions>(options => (options.BaseUrl, options.TimeProvider) = (server.Url, new InstantTime()));
        });

        await provider.GetRequiredService<ITogetherAIInferenceClient>().RunAsync(new InferenceRequest("m", "p"), cancellationToken);

        Assert.That(server.Requests.Select(static request => request.Header("Authorization")), Is.EqualTo(new[] { "Bearer first-key", "Bearer second-key" }));
    }

    [Test]
    public async Task Key_that_is_removed_from_a_configuration_is_no_longer_sent(CancellationToken cancellationToken)
    {
        var configuration = Services.Configuration(("Ai:ApiKey", "first-key"));
        await using var server = RawServer.Answering(Answers.Run);
        await using var provider = Services.Build(services =>
        {
            services.AddTogetherAI(configuration.GetSection("Ai"));
            services.Configure<TogetherAIOptions>(options => options.BaseUrl = server.Url);
        });
        var inference = provider.GetRequiredService<ITogetherAIInferenceClient>();

        await inference.RunAsync(new InferenceRequest("m", "p"), cancellationToken);
        configuration["Ai:ApiKey"] = null;
        configuration.Reload();
        await inference.RunAsync(new InferenceRequest("m", "p"), cancellationToken);

        Assert.That(server.Requests.Select(static request => request.Header("Authorization")), Is.EqualTo(new[] { "Bearer first-key", null }));
    }

    [Test]
    public async Task Provider_of_the_key_may_be_a_service_and_is_asked_for_each_attempt(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Empty(503), Answers.Run);
        await using var provider = Services.Build(services =>
        {
            services.AddSingleton<Vault>();
            services.AddTogetherAI((options, provider) =>
            {
                options.ApiKeyProvider = provider.GetRequiredService<Vault>().GetAsync;
                options.BaseUrl = server.Url;
                options.TimeProvider = new InstantTime();
            });
        });

        await provider.GetRequiredService<ITogetherAIInferenceClient>().RunAsync(new InferenceRequest("m", "p"), cancellationToken);

        Assert.That(server.Requests.Select(static request => request.Header("Authorization")), Is.EqualTo(new[] { "Bearer key-1", "Bearer key-2" }));
    }

    [Test]
    public void Options_that_others_see_are_those_that_were_configured()
    {
        using var provider = Services.Build(services => services.AddTogetherAI(options => options.ApiKey = Services.Key));
        _ = provider.GetRequiredService<ITogetherAIClient>();

        var options = provider.GetRequiredService<IOptionsMonitor<TogetherAIOptions>>().CurrentValue;

        Assert.That(options, Has.Property("ApiKey").EqualTo(Services.Key).And.Property("ApiKeyProvider").Null.And.Property("Completed").Null);
    }

    [Test]
    public void Client_of_a_plain_service_collection_with_invalid_options_is_refused_when_it_is_requested()
    {
        using var provider = Services.Build(services => services.AddTogetherAI(options => (options.ApiKey, options.MaxRetries) = (Services.Key, -1)));

        Assert.That(provider.GetRequiredService<ITogetherAIChatClient>, Throws.TypeOf<OptionsValidationException>().With.Message.Contains("MaxRetries must not be negative."));
    }

    [Test]
    public void Key_and_provider_together_are_refused()
    {
        using var provider = Services.Build(services => services.AddTogetherAI(options => (options.ApiKey, options.ApiKeyProvider) = (Services.Key, static _ => new ValueTask<string>("key"))));

        Assert.That(provider.GetRequiredService<ITogetherAIClient>, Throws.TypeOf<OptionsValidationException>().With.Message.Contains("ApiKey and ApiKeyProvider are both set."));
    }

    [Test]
    public async Task Authorization_of_the_HttpClient_is_a_key_also_where_it_is_made_of_the_options(CancellationToken cancellationToken)
    {
        using var key = EnvironmentVariable.Set("TOGETHER_API_KEY", null);
        using var address = EnvironmentVariable.Set("TOGETHER_BASE_URL", null);
        await using var server = RawServer.Answering(Answers.Run);
        await using var provider = Services.Build(services => services.AddTogetherAI().ConfigureHttpClient((provider, client) =>
        {
            var options = provider.GetRequiredService<IOptions<TogetherAIOptions>>().Value;
            client.BaseAddress = server.Url;
            client.DefaultRequestHeaders.Authorization = new("Bearer", $"key-for-{options.MaxRetries}-retries");
        }));

        await provider.GetRequiredService<ITogetherAIInferenceClient>().RunAsync(new InferenceRequest("m", "p"), cancellationToken);

        Assert.That(server.Request.Header("Authorization"), Is.EqualTo("Bearer key-for-2-retries"));
    }

    [Test]
    public void Setting_that_is_no_option_is_warned_of()
    {
        var log = new LogCapture();
        using var provider = Services.Build(services => services.AddTogetherAI(Services.Configuration(("Ai:ApiKey", Services.Key), ("Ai:Timeuot", "00:00:30")).GetSection("Ai")), log);

        _ = provider.GetRequiredService<ITogetherAIClient>();

        var entry = log.OfClients.Single();
        Assert.That((entry.Level, entry.Event.Name), Is.EqualTo((LogLevel.Warning, "UnknownSetting")));
        Assert.That(entry.Text, Does.Contain("Timeuot").And.Not.Contain(Services.Key));
    }

    [Test]
    public void Settings_that_are_options_are_not_warned_of([Values] bool isWhole)
    {
        var log = new LogCapture();
        var configuration = isWhole
            ? Services.Configuration(("ApiKey", Services.Key), ("Logging:LogLevel:Default", "Debug"))
            : Services.Configuration(("Ai:ApiKey", Services.Key), ("Ai:Headers:X-Team", "blue"), ("Ai:Timeout", "00:01:00"));
        using var provider = Services.Build(services => services.AddTogetherAI(isWhole ? configuration : configuration.GetSection("Ai")), log);

        _ = provider.GetRequiredService<ITogetherAIClient>();

        Assert.That(log.OfClients, Is.Empty);
    }

    private sealed class Vault
    {
        private int _count;

        public ValueTask<string> GetAsync(CancellationToken cancellationToken) => new($"key-{++_count}");
    }
}
