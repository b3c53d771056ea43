namespace TogetherAI;

/// <summary>What the errors of Together's platform mean, as far as a status does not say it. The rest of the client knows none of these words.</summary>
internal static class ServiceProfile
{
    // The state of the platform that these tell is not changed by sending the request again, whatever the status.
    private static readonly string[] FinalCodes = ["model_not_available", "endpoint_not_ready", "endpoint_not_configured"];

    /// <summary>Whether an error stays the same however often the request is sent.</summary>
    public static bool IsFinal(ServerError? error) => Words(error).Any(word => FinalCodes.Contains(word, StringComparer.OrdinalIgnoreCase));

    /// <summary>What helps against a failure, as a sentence behind others; empty where the server has said it all.</summary>
    public static string Advice(int status, FailureDetails details)
        => Words(details.Error).Select(AdviceOnCode).FirstOrDefault(advice => advice.Length > 0) ?? AdviceOnStatus(status, details);

    // Some servers put the code where others have the kind.
    private static IEnumerable<string> Words(ServerError? error) => new[] { error?.Code, error?.Type }.OfType<string>();

    private static string AdviceOnCode(string code) => code.ToLowerInvariant() switch
    {
        "model_not_available" => " Take another model, or run this one on a dedicated endpoint of your own.",
        "endpoint_not_ready" or "endpoint_not_configured" => " Start the endpoint, or take another model.",
        "third_party_data_sharing_blocked" => " A partner hosts this model: let the organization share data with third parties in its settings, or take another model.",
        "credit_limit" => " Add credit in the account's billing settings.",
        "context_length_exceeded" => " Shorten the prompt or lower max_tokens: together they exceed the model's context.",
        _ => "",
    };

    private static string AdviceOnStatus(int status, FailureDetails details) => status switch
    {
        >= 300 and < 400 => " Redirects are not followed, so that a key never reaches another host; set BaseUrl or ApiUrl to the final address.",
        401 => " Check the API key (ApiKey, or the environment variable TOGETHER_API_KEY).",
        402 => " Raise the spending limit or add credit in the account's billing settings.",
        403 => " The key may not do this, or the prompt and max_tokens together exceed the model's context.",
        404 => " Check the model id and the address.",
        413 => " Send a smaller request.",
        429 when details.RetryAfter is { } wait => $" Over the rate limit; the server suggests to wait {Seconds(wait)} s.",
        429 => " Over the rate limit; send fewer requests at a time.",
        503 => " The platform is short of capacity; try again later.",
        _ => "",
    };

    private static string Seconds(TimeSpan wait)
        => wait.TotalSeconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}
