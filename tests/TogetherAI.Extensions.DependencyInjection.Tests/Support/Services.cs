using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace TogetherAI.DependencyInjection.Tests.Support;

/// <summary>Service collections and requests that the tests start from.</summary>
internal static class Services
{
    public const string Key = "key-of-the-tests-0123456789";

    public static ChatCompletionRequest Chat => new() { Model = "org/model", Messages = [ChatCompletionMessage.FromUser("private words")] };

    /// <summary>A provider that finds wrong scopes and missing services.</summary>
    public static ServiceProvider Build(Action<IServiceCollection> configure, LogCapture? log = null)
    {
        var services = new ServiceCollection();
        if (log is not null)
        {
            services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        }

        configure(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public static Action<TogetherAIOptions> At(Uri url, int retries = 0) => options =>
    {
        options.ApiKey = Key;
        options.BaseUrl = url;
        options.MaxRetries = retries;
        options.TimeProvider = new InstantTime();
    };

    public static IConfigurationRoot Configuration(params (string Key, string? Value)[] settings)
        => new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(static pair => pair.Key, static pair => pair.Value)).Build();
}
