namespace TogetherAI.Cli.Output;

/// <summary>Whoever read standard output has closed it.</summary>
internal sealed class OutputClosedException(IOException cause) : IOException(cause.Message, cause);
