namespace TogetherAI.LocalServer.Endpoints;

/// <summary>What the id of a video says about it.</summary>
internal sealed record VideoTicket(string Model, string Size, string Seconds, long Created);
