namespace TogetherAI.Fuzzing;

/// <summary>What the command line says of a run.</summary>
/// <param name="Target">What is fed.</param>
/// <param name="Seconds">Length of the run.</param>
/// <param name="Executions">Number of inputs after which it ends.</param>
/// <param name="Seed">Where the sequence of inputs begins.</param>
/// <param name="Corpus">Folder of inputs to begin with; null where none are kept.</param>
/// <param name="Findings">Folder for inputs that show a fault.</param>
/// <param name="Replay">File with an input that is run alone; null for a run.</param>
internal sealed record FuzzSettings(string Target, int Seconds, long Executions, int Seed, string? Corpus, string Findings, string? Replay);
