using System.Text.Json.Serialization;
using TogetherAI.LocalServer.Endpoints;
using TogetherAI.LocalServer.Endpoints.FineTuning;

namespace TogetherAI.LocalServer;

/// <summary>Reads and writes what the server keeps.</summary>
[JsonSerializable(typeof(BatchJob))]
[JsonSerializable(typeof(TogetherAIFile))]
[JsonSerializable(typeof(TrainingRun))]
[JsonSerializable(typeof(VideoTicket))]
internal sealed partial class ServerJsonContext : JsonSerializerContext;
