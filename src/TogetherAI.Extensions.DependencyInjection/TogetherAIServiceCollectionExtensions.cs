using Microsoft.Extensions.Configuration;
using TogetherAI;
using TogetherAI.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers clients of Together AI's inference API.</summary>
/// <remarks>
/// Each method registers <see cref="ITogetherAIClient"/>, <see cref="TogetherAIClient"/> and the interfaces of all areas, such as
/// <see cref="ITogetherAIChatClient"/>, as singletons. The options are validated when the host starts, otherwise when a client is
/// first requested. The returned builder configures the HTTP stack.
/// </remarks>
public static class TogetherAIServiceCollectionExtensions
{
    /// <summary>Registers a client whose key is taken from the environment variable <c>TOGETHER_API_KEY</c>, or from options that are configured elsewhere.</summary>
    /// <param name="services">The service collection.</param>
    /// <returns>A builder for the HTTP stack of the client.</returns>
    public static IHttpClientBuilder AddTogetherAI(this IServiceCollection services)
        => ClientRegistration.Add(services, serviceKey: null).Builder;

    /// <summary>Registers a client with options that are set in code.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>A builder for the HTTP stack of the client.</returns>
    public static IHttpClientBuilder AddTogetherAI(this IServiceCollection services, Action<TogetherAIOptions> configure)
        => Add(services, serviceKey: null, configure);

    /// <summary>Registers a client with options that are set in code, with the help of services.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">Sets the options, for example <see cref="TogetherAIOptions.ApiKeyProvider"/> to a method of a service.</param>
    /// <returns>A builder for the HTTP stack of the client.</returns>
    public static IHttpClientBuilder AddTogetherAI(this IServiceCollection services, Action<TogetherAIOptions, IServiceProvider> configure)
        => Add(services, serviceKey: null, configure);

    /// <summary>Registers a client with options from configuration.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The section with the options, such as <c>configuration.GetSection("TogetherAI")</c>.</param>
    /// <returns>A builder for the HTTP stack of the client.</returns>
    /// <remarks>If the configuration is reloaded, a new key is used from the next attempt; other options are read once.</remarks>
    public static IHttpClientBuilder AddTogetherAI(this IServiceCollection services, IConfiguration configuration)
        => Add(services, serviceKey: null, configuration);

    /// <summary>Registers a client under a service key, with a key from the environment variable <c>TOGETHER_API_KEY</c>, or options that are configured elsewhere under the same name.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="serviceKey">The service key, by which the client and its areas are requested; its text is also the name of the options.</param>
    /// <returns>A builder for the HTTP stack of the client.</returns>
    public static IHttpClientBuilder AddKeyedTogetherAI(this IServiceCollection services, object serviceKey)
        => ClientRegistration.Add(services, RequireKey(serviceKey)).Builder;

    /// <summary>Registers a client under a service key, with options that are set in code.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="serviceKey">The service key, by which the client and its areas are requested; its text is also the name of the options.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>A builder for the HTTP stack of the client.</returns>
    public static IHttpClientBuilder AddKeyedTogetherAI(this IServiceCollection services, object serviceKey, Action<TogetherAIOptions> configure)
        => Add(services, RequireKey(serviceKey), configure);

    /// <summary>Registers a client under a service key, with options that are set in code, with the help of services.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="serviceKey">The service key, by which the client and its areas are requested; its text is also the name of the options.</param>
    /// <param name="configure">Sets the options, for example <see cref="TogetherAIOptions.ApiKeyProvider"/> to a method of a service.</param>
    /// <returns>A builder for the HTTP stack of the client.</returns>
    public static IHttpClientBuilder AddKeyedTogetherAI(this IServiceCollection services, object serviceKey, Action<TogetherAIOptions, IServiceProvider> configure)
        => Add(services, RequireKey(serviceKey), configure);

    /// <summary>Registers a client under a service key, with options from configuration.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="serviceKey">The service key, by which the client and its areas are requested; its text is also the name of the options.</param>
    /// <param name="configuration">The section with the options, such as <c>configuration.GetSection("TogetherAI:Eu")</c>.</param>
    /// <returns>A builder for the HTTP stack of the client.</returns>
    /// <remarks>If the configuration is reloaded, a new key is used from the next attempt; other options are read once.</remarks>
    public static IHttpClientBuilder AddKeyedTogetherAI(this IServiceCollection services, object serviceKey, IConfiguration configuration)
        => Add(services, RequireKey(serviceKey), configuration);

    private static IHttpClientBuilder Add(IServiceCollection services, object? serviceKey, Action<TogetherAIOptions> configure)
    {
        _ = configure ?? throw new ArgumentNullException(nameof(configure));
        var (builder, options, _) = ClientRegistration.Add(services, serviceKey);
        options.Configure(configure);
        return builder;
    }

    private static IHttpClientBuilder Add(IServiceCollection services, object? serviceKey, Action<TogetherAIOptions, IServiceProvider> configure)
    {
        _ = configure ?? throw new ArgumentNullException(nameof(configure));
        var (builder, options, _) = ClientRegistration.Add(services, serviceKey);
        options.Configure<IServiceProvider>(configure);
        return builder;
    }

    private static IHttpClientBuilder Add(IServiceCollection services, object? serviceKey, IConfiguration configuration)
    {
        _ = configuration ?? throw new ArgumentNullException(nameof(configuration));
        var (builder, options, registration) = ClientRegistration.Add(services, serviceKey);
        options.Bind(configuration);
        services.AddSingleton(new ClientConfiguration(registration, configuration));
        return builder;
    }

    private static object RequireKey(object? serviceKey)
    {
        _ = serviceKey ?? throw new ArgumentNullException(nameof(serviceKey));
        return serviceKey != KeyedService.AnyKey && !string.IsNullOrEmpty(serviceKey.ToString())
            ? serviceKey
            : throw new ArgumentException("The service key must be a value with a text of its own, such as \"eu\".", nameof(serviceKey));
    }
}
