using Microsoft.Extensions.Options;

namespace TogetherAI.DependencyInjection;

/// <summary>Validates the options of one client, with what its <see cref="HttpClient"/> is configured with.</summary>
internal sealed class OptionsValidation : IValidateOptions<TogetherAIOptions>
{
    // Whoever configures the HttpClient may read the options, whose validation is under way.
    [ThreadStatic]
    private static bool _isRunning;

    private readonly ClientRegistration _registration;
    private readonly IServiceProvider _provider;

    public OptionsValidation(ClientRegistration registration, IServiceProvider provider)
    {
        _registration = registration;
        _provider = provider;
    }

    public ValidateOptionsResult Validate(string? name, TogetherAIOptions options)
    {
        if (name != _registration.OptionsName || _isRunning)
        {
            return ValidateOptionsResult.Skip;
        }

        var errors = options.GetValidationErrors();
        if (errors.Count > 0)
        {
            // A key or an address that is missing may be the HttpClient's.
            errors = ErrorsWithHttpClient(options, errors);
        }

        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(errors.Select(error => $"{Subject}: {error}"));
    }

    private string Subject => _registration.ServiceKey is null ? "Options of TogetherAI" : $"Options of TogetherAI \"{_registration.OptionsName}\"";

    private IReadOnlyList<string> ErrorsWithHttpClient(TogetherAIOptions options, IReadOnlyList<string> errorsWithout)
    {
        _isRunning = true;
        try
        {
            using var httpClient = ClientFactory.CreateHttpClient(_provider, _registration.HttpClientName);
            return options.GetValidationErrors(httpClient);
        }
        catch (InvalidOperationException)
        {
            // It is configured with the very options that are being created.
            return errorsWithout;
        }
        finally
        {
            _isRunning = false;
        }
    }
}
