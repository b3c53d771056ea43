namespace TogetherAI.Aot.Hosting;

/// <summary>What a tool returns, and a model answers with.</summary>
internal sealed record Weather(string City, int Days, IReadOnlyList<string> Hours);
