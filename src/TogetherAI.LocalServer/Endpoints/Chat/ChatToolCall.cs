namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary>A call of a tool.</summary>
/// <param name="Id">What the result of the call will refer to.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">The function's arguments, as JSON.</param>
internal sealed record ChatToolCall(string Id, string Name, string Arguments);
