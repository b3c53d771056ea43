namespace TogetherAI.Cli.Requests;

/// <summary>The fields of the requests that a command sends.</summary>
[GenerateFields<ChatCompletionRequest>]
[GenerateFields<CodeInterpreterRequest>]
[GenerateFields<CompletionRequest>]
[GenerateFields<EmbeddingRequest>]
[GenerateFields<EvaluationListRequest>]
[GenerateFields<EvaluationParameters>]
[GenerateFields<FineTuningEstimateRequest>]
[GenerateFields<FineTuningPreviewRequest>]
[GenerateFields<FineTuningRequest>]
[GenerateFields<ImageRequest>]
[GenerateFields<InferenceRequest>]
[GenerateFields<MessageRequest>]
[GenerateFields<RealtimeTranscriptionParameters>]
[GenerateFields<RerankRequest>]
[GenerateFields<ResponseRequest>]
[GenerateFields<SpeechRequest>]
[GenerateFields<TranscriptionRequest>]
[GenerateFields<VideoRequest>]
[GenerateFields<object>]
internal static partial class GeneratedFields;
