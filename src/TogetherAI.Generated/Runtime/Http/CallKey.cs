using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>Asks the provider of a call for its key.</summary>
internal static class CallKey
{
    /// <exception cref="TogetherAIAuthenticationException">The provider failed, or has no key where one is required.</exception>
    public static async ValueTask<string?> ProvidedAsync(
        Func<CancellationToken, ValueTask<string>> provider, CallSettings settings, Secrets secrets, int attempts, CancellationToken cancellationToken)
    {
        string? key;
        try
        {
            key = await provider(cancellationToken).ConfigureAwait(false);
            RequestHeaders.RequireKey(key);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TogetherAIAuthenticationException("The provider of the API key (ApiKeyProvider) failed.", FailureDetails.NoResponse(attempts, secrets), exception);
        }

        return string.IsNullOrWhiteSpace(key) && settings.Client.Profile.RequiresKey(settings.Url)
            ? throw new TogetherAIAuthenticationException("The provider of the API key (ApiKeyProvider) returned none.", FailureDetails.NoResponse(attempts, secrets))
            : key;
    }
}
