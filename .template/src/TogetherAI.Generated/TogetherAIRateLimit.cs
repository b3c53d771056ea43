namespace TogetherAI;

/// <summary>The state of the caller's rate limit, as the headers of a response tell it.</summary>
/// <remarks>A value is null where the header is absent, not a number, or negative.</remarks>
public sealed class TogetherAIRateLimit
{
    /// <summary>The number of requests allowed in the current period.</summary>
    public double? RequestLimit { get; init; }

    /// <summary>The number of requests left in the current period.</summary>
    public double? RequestsRemaining { get; init; }

    /// <summary>The time until the current period ends.</summary>
    public TimeSpan? Reset { get; init; }
}
