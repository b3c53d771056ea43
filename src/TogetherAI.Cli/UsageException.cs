namespace TogetherAI.Cli;

/// <summary>The command line or the prompt is not usable.</summary>
internal sealed class UsageException(string message) : Exception(message);
