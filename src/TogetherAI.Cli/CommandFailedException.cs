namespace TogetherAI.Cli;

/// <summary>The request went well, and what was asked for did not.</summary>
internal sealed class CommandFailedException(string message) : Exception(message);
