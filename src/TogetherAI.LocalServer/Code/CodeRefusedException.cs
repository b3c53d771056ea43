namespace TogetherAI.LocalServer.Code;

/// <summary>Code that this server cannot run; nothing of it was.</summary>
internal sealed class CodeRefusedException(int line, string reason)
    : Exception($"This local server evaluates a small part of Python only (numbers, strings, lists, variables and print). Line {line}: {reason}");
