namespace TogetherAI;

/// <summary>
/// The state of the caller's rate limit, from the <c>x-ratelimit-*</c> headers of a response. Together's limits
/// are dynamic: they depend on the successful traffic of the past hour.
/// </summary>
/// <remarks>A value is null if the header is missing, not a number, or negative (servers send -1 for "unknown").</remarks>
public sealed class TogetherAIRateLimit
{
    /// <summary>Gets the maximum number of requests per second.</summary>
    public double? RequestLimit { get; init; }

    /// <summary>Gets the number of requests currently remaining.</summary>
    public double? RequestsRemaining { get; init; }

    /// <summary>Gets the limit of tokens per second.</summary>
    public double? TokenLimit { get; init; }

    /// <summary>Gets the number of tokens currently remaining.</summary>
    public double? TokensRemaining { get; init; }

    /// <summary>Gets the current dynamic limit of requests per second: about twice the rate of the past hour, and at least the base rate.</summary>
    public double? DynamicRequestLimit { get; init; }

    /// <summary>Gets the number of requests remaining of the dynamic limit.</summary>
    public double? DynamicRequestsRemaining { get; init; }

    /// <summary>Gets the current dynamic limit of tokens per second: about twice the rate of the past hour, and at least the base rate.</summary>
    public double? DynamicTokenLimit { get; init; }

    /// <summary>Gets the number of tokens remaining of the dynamic limit.</summary>
    public double? DynamicTokensRemaining { get; init; }

    /// <summary>Gets how long the server suggests waiting before the next request.</summary>
    public TimeSpan? Reset { get; init; }
}
