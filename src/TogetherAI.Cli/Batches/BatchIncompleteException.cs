namespace TogetherAI.Cli.Batches;

/// <summary>Not all requests have an response.</summary>
internal sealed class BatchIncompleteException(string message) : Exception(message);
