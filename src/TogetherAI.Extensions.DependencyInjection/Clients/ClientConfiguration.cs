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

    /// <summary>What says which settings there are no options for; null where there are none, and for a whole configuration, which has others' too.</summary>
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
