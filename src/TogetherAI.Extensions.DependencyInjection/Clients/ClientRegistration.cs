using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace TogetherAI.DependencyInjection;

/// <summary>One client of a service collection, and the names under which its parts are found.</summary>
internal sealed class ClientRegistration
{
    private const string DefaultName = "TogetherAI";

    private ClientRegistration(object? serviceKey)
    {
        ServiceKey = serviceKey;
        OptionsName = serviceKey?.ToString() ?? Options.DefaultName;
    }

    public object? ServiceKey { get; }

    public string OptionsName { get; }

    public string HttpClientName => ServiceKey is null ? DefaultName : $"{DefaultName}:{OptionsName}";

    /// <summary>The category of its log entries, so that a filter for <c>TogetherAI</c> holds for all clients.</summary>
    public string LogCategory => ServiceKey is null ? DefaultName : $"{DefaultName}.{OptionsName}";

    /// <summary>Registers a client, once for each key; what is added later only adds to its configuration.</summary>
    /// <exception cref="ArgumentException">Another key has the same text.</exception>
    public static (IHttpClientBuilder Builder, OptionsBuilder<TogetherAIOptions> Options, ClientRegistration Registration) Add(IServiceCollection services, object? serviceKey)
    {
        _ = services ?? throw new ArgumentNullException(nameof(services));
        var added = new ClientRegistration(serviceKey);
        var known = Find(services, added.HttpClientName);
        var registration = known ?? added;
        if (!Equals(registration.ServiceKey, serviceKey))
        {
            throw new ArgumentException($"Another service key has the text \"{added.OptionsName}\", which is the name of its options. Use keys with different texts.", nameof(serviceKey));
        }

        var builder = services.AddHttpClient(registration.HttpClientName);
        var options = services.AddOptions<TogetherAIOptions>(registration.OptionsName);
        if (known is null)
        {
            services.AddSingleton(registration);
            registration.AddTo(services);
            ConfigureHttp(builder);
            options.PostConfigure(static options => options.ApiKey = options.ApiKey?.Trim() is { Length: > 0 } key ? key : null).ValidateOnStart();
        }

        return (builder, options, registration);
    }

    private static ClientRegistration? Find(IServiceCollection services, string httpClientName)
        => services
            .Where(static service => !service.IsKeyedService)
            .Select(static service => service.ImplementationInstance)
            .OfType<ClientRegistration>()
            .FirstOrDefault(registration => registration.HttpClientName == httpClientName);

    private static void ConfigureHttp(IHttpClientBuilder builder)
        => builder
            .ConfigureHttpClient(TogetherAIHttpDefaults.Apply)
            .ConfigurePrimaryHttpMessageHandler(TogetherAIHttpDefaults.CreateHandler)
            // They would write URLs as they are; this package logs each request itself, with secrets masked.
            .RemoveAllLoggers();

    private void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<TogetherAIOptions>>(provider => new OptionsValidation(this, provider));
        TryAdd(services, typeof(TogetherAIClient), provider => ClientFactory.Create(provider, this));
        TryAdd(services, typeof(ITogetherAIClient), Get<TogetherAIClient>);
        foreach (var area in TogetherAIClient.Areas)
        {
            TryAdd(services, area.Key, provider => area.Value(Get<ITogetherAIClient>(provider)));
        }
    }

    private void TryAdd(IServiceCollection services, Type type, Func<IServiceProvider, object> create)
        => services.TryAdd(ServiceKey is null
            ? ServiceDescriptor.Singleton(type, create)
            : ServiceDescriptor.KeyedSingleton(type, ServiceKey, (provider, _) => create(provider)));

    private TService Get<TService>(IServiceProvider provider)
        where TService : notnull
        => ServiceKey is null ? provider.GetRequiredService<TService>() : provider.GetRequiredKeyedService<TService>(ServiceKey);
}
