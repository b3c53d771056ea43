using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TogetherAI.DependencyInjection;

/// <summary>Creates the client of a registration.</summary>
internal static class ClientFactory
{
    /// <exception cref="OptionsValidationException">An option is invalid.</exception>
    public static TogetherAIClient Create(IServiceProvider provider, ClientRegistration registration)
    {
        // A copy of the client's own, because the options that everybody sees stay as they were configured.
        var options = provider.GetRequiredService<IOptionsFactory<TogetherAIOptions>>().Create(registration.OptionsName);
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger(registration.LogCategory);
        FollowKey(options, provider.GetRequiredService<IOptionsMonitor<TogetherAIOptions>>(), registration.OptionsName);
        new CallLog(logger).ListenTo(options);
        Warn(provider, registration, options, logger);
        return new TogetherAIClient(CreateHttpClient(provider, registration.HttpClientName), options);
    }

    /// <summary>An <see cref="HttpClient"/> as the factory would create it, which keeps no handler and so can be kept itself.</summary>
    public static HttpClient CreateHttpClient(IServiceProvider provider, string name)
    {
        var client = new HttpClient(new FactoryHandler(provider.GetRequiredService<IHttpMessageHandlerFactory>(), name));
        foreach (var configure in provider.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>().Get(name).HttpClientActions)
        {
            configure(client);
        }

        return client;
    }

    // The key of a configuration that is reloaded holds from the next attempt on.
    private static void FollowKey(TogetherAIOptions options, IOptionsMonitor<TogetherAIOptions> monitor, string name)
    {
        if (options.ApiKey is not null)
        {
            options.ApiKey = null;
            options.ApiKeyProvider = _ => new ValueTask<string>(monitor.Get(name).ApiKey ?? "");
        }
    }

    private static void Warn(IServiceProvider provider, ClientRegistration registration, TogetherAIOptions options, ILogger logger)
    {
        foreach (var configuration in provider.GetServices<ClientConfiguration>().Where(configuration => configuration.Registration == registration))
        {
            if (configuration.FindUnknown() is { } message)
            {
                LogMessages.UnknownSetting(logger, message);
            }
        }

        var handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(registration.HttpClientName);
        if (options.MaxRetries > 0 && RetryHandlers.Find(handler) is { } found)
        {
            LogMessages.SecondRetryHandler(logger, registration.HttpClientName, found, options.MaxRetries);
        }
    }
}
