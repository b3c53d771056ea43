namespace TogetherAI;

/// <summary>
/// The state of the caller's rate limit, as the <c>x-ratelimit-*</c> headers of a response tell it. Together's limits
/// are dynamic: they follow the successful traffic of the past hour.
/// </summary>
/// <remarks>A value is null where the header is absent, not a number, or negative (servers send -1 for "unknown").</remarks>
public sealed class TogetherAIRateLimit
{
    /// <summary>Requests allowed a second.</summary>
    public double? RequestLimit { get; init; }

    /// <summary>Requests left at the moment.</summary>
    public double? RequestsRemaining { get; init; }

    /// <summary>Tokens allowed a second.</summary>
    public double? TokenLimit { get; init; }

    /// <summary>Tokens left at the moment.</summary>
    public double? TokensRemaining { get; init; }

    /// <summary>Requests allowed a second at present: about twice the rate of the past hour, never below the base rate.</summary>
    public double? DynamicRequestLimit { get; init; }

    /// <summary>Requests left of the dynamic rate.</summary>
    public double? DynamicRequestsRemaining { get; init; }

    /// <summary>Tokens allowed a second at present: about twice the rate of the past hour, never below the base rate.</summary>
    public double? DynamicTokenLimit { get; init; }

    /// <summary>Tokens left of the dynamic rate.</summary>
    public double? DynamicTokensRemaining { get; init; }

    /// <summary>How long the server suggests to wait before the next request.</summary>
    public TimeSpan? Reset { get; init; }
}
