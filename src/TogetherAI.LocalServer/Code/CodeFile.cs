namespace TogetherAI.LocalServer.Code;

/// <summary>A file that was opened.</summary>
internal sealed record CodeFile(string Content);
