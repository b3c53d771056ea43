using Microsoft.Extensions.Options;
using TogetherAI.DependencyInjection.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.DependencyInjection.Tests;

/// <summary>What a service collection has after a client was added.</summary>
[CancelAfter(30_000)]
public sealed class RegistrationTests
{
    private enum Region
    {
        Europe,
        America,
    }

    [Test]
    public void Every_area_is_registered_by_its_interface()
    {
        using var provider = Services.Build(services => services.AddTogetherAI(options => options.ApiKey = Services.Key));

        var client = provider.GetRequiredService<ITogetherAIClient>();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(TogetherAIClient.Areas, Has.Count.GreaterThan(15));
            foreach (var area in TogetherAIClient.Areas)
            {
                Assert.That(provider.GetRequiredService(area.Key), Is.SameAs(area.Value(client)), area.Key.Name);
            }
        }
    }

    [Test]
    public void Client_is_one_for_all_scopes()
    {
        using var provider = Services.Build(services => services.AddTogetherAI(options => options.ApiKey = Services.Key));
        using var first = provider.CreateScope();
        using var second = provider.CreateScope();

        Assert.That(first.ServiceProvider.GetRequiredService<ITogetherAIClient>(), Is.SameAs(second.ServiceProvider.GetRequiredService<ITogetherAIClient>()));
        Assert.That(first.ServiceProvider.GetRequiredService<TogetherAIClient>(), Is.SameAs(provider.GetRequiredService<ITogetherAIClient>()));
    }

    [Test]
    public async Task Area_in_a_scope_works_after_the_scope_of_another_was_disposed(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);
        await using var provider = Services.Build(services => services.AddTogetherAI(Services.At(server.Url)));
        using (var scope = provider.CreateScope())
        {
            await scope.ServiceProvider.GetRequiredService<ITogetherAIModelsClient>().ListAsync(cancellationToken);
        }

        var response = await provider.GetRequiredService<ITogetherAIChatClient>().CompleteAsync(Services.Chat, cancellationToken);

        Assert.That(response.Text, Is.Not.Empty);
    }

    [Test]
    public void Client_that_was_registered_before_is_kept_and_its_areas_are_used()
    {
        using var own = new TogetherAIClient(new TogetherAIOptions { ApiKey = Services.Key });
        using var provider = Services.Build(services =>
        {
            services.AddSingleton<ITogetherAIClient>(own);
            services.AddTogetherAI(options => options.ApiKey = "another");
        });

        Assert.That(provider.GetRequiredService<ITogetherAIChatClient>(), Is.SameAs(own.Chat));
    }

    [Test]
    public void Second_registration_adds_to_the_options_of_the_first()
    {
        using var provider = Services.Build(services =>
        {
            services.AddTogetherAI(options => options.ApiKey = Services.Key);
            services.AddTogetherAI(options => options.MaxRetries = 7);
            services.Configure<TogetherAIOptions>(options => options.MaxEventBytes = 1000);
        });

        var options = provider.GetRequiredService<IOptions<TogetherAIOptions>>().Value;

        Assert.That((options.ApiKey, options.MaxRetries, options.MaxEventBytes), Is.EqualTo((Services.Key, 7, 1000)));
        Assert.That(provider.GetServices<ITogetherAIClient>().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Keyed_clients_have_their_own_options(CancellationToken cancellationToken)
    {
        await using var european = RawServer.Answering(Answers.Run);
        await using var american = RawServer.Answering(Answers.Run);
        await using var provider = Services.Build(services =>
        {
            services.AddKeyedTogetherAI(Region.Europe, options => (options.ApiKey, options.BaseUrl) = ("key-of-europe", european.Url));
            services.AddKeyedTogetherAI("us", Services.Configuration(("Us:ApiKey", "key-of-america"), ("Us:BaseUrl", american.Url.AbsoluteUri)).GetSection("Us"));
        });

        await provider.GetRequiredKeyedService<ITogetherAIClient>(Region.Europe).Inference.RunAsync(new InferenceRequest("m", "p"), cancellationToken);
        await provider.GetRequiredKeyedService<ITogetherAIInferenceClient>("us").RunAsync(new InferenceRequest("m", "p"), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(european.Request.Header("Authorization"), Is.EqualTo("Bearer key-of-europe"));
            Assert.That(american.Request.Header("Authorization"), Is.EqualTo("Bearer key-of-america"));
            Assert.That(provider.GetService<ITogetherAIClient>(), Is.Null);
        }
    }

    [Test]
    public void Key_with_the_text_of_another_is_refused()
    {
        var services = new ServiceCollection();
        services.AddKeyedTogetherAI(Region.Europe);

        Assert.That(() => services.AddKeyedTogetherAI("Europe"), Throws.ArgumentException.With.Message.Contains("\"Europe\""));
    }

    [Test]
    public void Key_that_names_no_client_is_refused()
    {
        var services = new ServiceCollection();

        Assert.That(() => services.AddKeyedTogetherAI(KeyedService.AnyKey), Throws.ArgumentException);
        Assert.That(() => services.AddKeyedTogetherAI(""), Throws.ArgumentException);
        Assert.That(() => services.AddKeyedTogetherAI(null!), Throws.ArgumentNullException);
    }
}
