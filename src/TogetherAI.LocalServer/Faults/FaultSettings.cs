namespace TogetherAI.LocalServer.Faults;

/// <summary>How faults inside a stream look; see <see cref="TogetherAILocalServerFaults"/>.</summary>
internal sealed record FaultSettings(TimeSpan StallTime, TimeSpan ByteInterval, int OversizedEventBytes, TimeProvider Time);
