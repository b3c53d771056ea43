using System.Text.Json.Serialization;

namespace TogetherAI.Cli.Batches;

/// <summary>Reads and writes what is kept of a run.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(BatchState))]
internal sealed partial class BatchStateContext : JsonSerializerContext;
