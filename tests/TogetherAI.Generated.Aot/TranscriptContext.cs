using System.Text.Json.Serialization;

namespace TogetherAI.Aot;

/// <summary>What is written of the types of the library, by generated code.</summary>
[JsonSerializable(typeof(ChatCompletionResponse))]
[JsonSerializable(typeof(ChatCompletionRequest))]
[JsonSerializable(typeof(ChatCompletionChunk))]
[JsonSerializable(typeof(InferenceRequest))]
[JsonSerializable(typeof(InferenceResponse))]
[JsonSerializable(typeof(EmbeddingResponse))]
[JsonSerializable(typeof(ModelListResponse))]
[JsonSerializable(typeof(ResponseChunk))]
[JsonSerializable(typeof(MessageRequest))]
[JsonSerializable(typeof(FinishReason))]
internal sealed partial class TranscriptContext : JsonSerializerContext;
