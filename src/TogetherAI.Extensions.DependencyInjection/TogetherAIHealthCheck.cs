using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TogetherAI;

/// <summary>
/// Checks that the service responds and accepts the API key, by <c>GET /v1/models</c>. Register it with
/// <c>AddHealthChecks().AddCheck&lt;TogetherAIHealthCheck&gt;("together")</c>.
/// </summary>
public sealed class TogetherAIHealthCheck : IHealthCheck
{
    private readonly ITogetherAIClient _client;

    /// <summary>Creates a check of a client.</summary>
    /// <param name="client">The client.</param>
    public TogetherAIHealthCheck(ITogetherAIClient client) => _client = client ?? throw new ArgumentNullException(nameof(client));

    /// <summary>Requests the list of models, without retries.</summary>
    /// <param name="context">The registration of the check, with the status of a failure.</param>
    /// <param name="cancellationToken">The token to cancel the check.</param>
    /// <returns>Healthy if the service responded with success; otherwise the status of the registration, with a description and the exception.</returns>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        _ = context ?? throw new ArgumentNullException(nameof(context));
        try
        {
            // The models themselves are of no interest, so the response is not read as such.
            await _client.Raw.SendAsync(new TogetherAIRawRequest("v1/models"), new TogetherAIRequestOptions { MaxRetries = 0 }, cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy("Together AI responds.");
        }
        catch (TogetherAIException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, DescriptionOf(exception), exception);
        }
    }

    private static string DescriptionOf(TogetherAIException exception) => exception switch
    {
        TogetherAIAuthenticationException => "Together AI does not accept the API key, or there is none.",
        { StatusCode: { } status } => $"Together AI responded with status {(int)status}.",
        TogetherAITimeoutException => "Together AI did not respond in time.",
        _ => "Together AI cannot be reached.",
    };
}
