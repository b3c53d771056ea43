namespace TogetherAI.Runtime.Telemetry;

/// <summary>The names of OpenTelemetry's semantic conventions for generative AI, version 1.41, and those that they leave to us.</summary>
internal static class GenAIConventions
{
    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";

    public const string RequestModel = "gen_ai.request.model";
    public const string RequestStream = "gen_ai.request.stream";
    public const string RequestChoiceCount = "gen_ai.request.choice.count";
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";
    public const string RequestSeed = "gen_ai.request.seed";
    public const string RequestStopSequences = "gen_ai.request.stop_sequences";
    public const string RequestTemperature = "gen_ai.request.temperature";
    public const string RequestTopK = "gen_ai.request.top_k";
    public const string RequestTopP = "gen_ai.request.top_p";
    public const string RequestFrequencyPenalty = "gen_ai.request.frequency_penalty";
    public const string RequestPresencePenalty = "gen_ai.request.presence_penalty";
    public const string RequestEncodingFormats = "gen_ai.request.encoding_formats";

    public const string ResponseId = "gen_ai.response.id";
    public const string ResponseModel = "gen_ai.response.model";
    public const string ResponseFinishReasons = "gen_ai.response.finish_reasons";
    public const string ResponseTimeToFirstChunk = "gen_ai.response.time_to_first_chunk";

    public const string UsageInputTokens = "gen_ai.usage.input_tokens";
    public const string UsageOutputTokens = "gen_ai.usage.output_tokens";
    public const string UsageCachedTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string UsageReasoningTokens = "gen_ai.usage.reasoning.output_tokens";

    public const string TokenType = "gen_ai.token.type";
    public const string InputTokens = "input";
    public const string OutputTokens = "output";

    public const string ErrorType = "error.type";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string StatusCode = "http.response.status_code";
    public const string ResendCount = "http.request.resend_count";

    public const string Duration = "gen_ai.client.operation.duration";
    public const string TokenUsage = "gen_ai.client.token.usage";
    public const string TimeToFirstChunk = "gen_ai.client.operation.time_to_first_chunk";
    public const string TimePerOutputChunk = "gen_ai.client.operation.time_per_output_chunk";
    public const string Seconds = "s";
    public const string Tokens = "{token}";

    // The conventions have no names for these.
    public const string RetryEvent = "retry";
    public const string RetryDelay = "retry.delay";
    public const string LeftEarly = "stream.left_early";
}
