using System.Text.Json;
using System.Text.Json.Serialization;

namespace TogetherAI.Aot.Hosting;

/// <summary>The types of the worker's own that are JSON, by generated code.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Weather))]
[JsonSerializable(typeof(int))]
internal sealed partial class WorkerContext : JsonSerializerContext;
