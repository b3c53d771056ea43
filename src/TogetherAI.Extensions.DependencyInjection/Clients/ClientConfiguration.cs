using Microsoft.Extensions.Configuration;

namespace TogetherAI.DependencyInjection;

/// <summary>The configuration of a client, to find settings in it that no option has.</summary>
internal sealed class ClientConfiguration
{
    private readonly IConfiguration _configuration;

    public ClientConfiguration(ClientRegistration registration, IConfiguration configuration)
    {
        Registration = registration;
        _configuration = configuration;
    }

    public ClientRegistration Registration { get; }

    /// <summary>Returns a message that names the settings without an option; null if there are none, or if the configuration is not a section and has other settings, too.</summary>
    public string? FindUnknown()
    {
        if (_configuration is not IConfigurationSection)
        {
            return null;
        }

        try
        {
            _configuration.Bind(new TogetherAIOptions(), static binder => binder.ErrorOnUnknownConfiguration = true);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }
}
