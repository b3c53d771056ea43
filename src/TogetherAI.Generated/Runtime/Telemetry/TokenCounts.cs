namespace TogetherAI.Runtime.Telemetry;

/// <summary>What a usage says; null for what it does not.</summary>
internal readonly record struct TokenCounts(long? Input, long? Output, long? CachedInput, long? ReasoningOutput);
