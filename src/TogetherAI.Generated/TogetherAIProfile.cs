using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Json;
using TogetherAI.Runtime.Telemetry;

namespace TogetherAI;

/// <summary>What is Together's alone. The rest of the client knows none of these names and words.</summary>
internal sealed class TogetherAIProfile : ServiceProfile
{
    // The state of the platform that these tell is not changed by sending the request again, whatever the status.
    private static readonly string[] FinalCodes = ["model_not_available", "endpoint_not_ready", "endpoint_not_configured"];

    private TogetherAIProfile()
    {
    }

    public static TogetherAIProfile Instance { get; } = new();

    public override string UserAgent { get; } =
        "TogetherAI.Generated/" + typeof(TogetherAIProfile).Assembly.GetName().Version!.ToString(3);

    public override string KeyVariable => "TOGETHER_API_KEY";

    public override string AddressVariable => "TOGETHER_BASE_URL";

    public override string MissingKey
        => "No API key. Set TogetherAIOptions.ApiKey or the environment variable TOGETHER_API_KEY; create a key in the account settings at api.together.ai.";

    // Which of several kinds of limit it is, where both are there.
    public override IReadOnlyList<string> ErrorTypeFields { get; } = ["error_type", "type"];

    // Those of its gateways, and those that "x-together-debug: 1" asks for.
    public override IReadOnlyList<string> ErrorHeaders =>
    [
        .. base.ErrorHeaders,
        "ratelimit*", "x-ratelimit*", "x-tokenlimit*", "cf-cache-status", "cf-ray", "x-amzn-trace-id", "x-together-traceid",
        "x-api-call-end", "x-api-call-start", "x-api-received", "x-api-retries",
        "x-cluster", "x-engine-pod", "x-hostname", "x-image-version", "x-inference-version", "x-total-time",
    ];

    public override ServiceTelemetry Telemetry { get; } = new("TogetherAI", "together_ai")
    {
        RequestAttributes =
        [
            new(GenAIConventions.RequestModel, RequestAttributeKind.Text),
            new(GenAIConventions.RequestChoiceCount, RequestAttributeKind.Integer, "n"),
            new(GenAIConventions.RequestMaxTokens, RequestAttributeKind.Integer),
            new(GenAIConventions.RequestMaxTokens, RequestAttributeKind.Integer, "max_output_tokens"),
            new(GenAIConventions.RequestSeed, RequestAttributeKind.Integer),
            new(GenAIConventions.RequestStopSequences, RequestAttributeKind.Texts),
            new(GenAIConventions.RequestStopSequences, RequestAttributeKind.Texts, "stop"),
            new(GenAIConventions.RequestTemperature, RequestAttributeKind.Number),
            new(GenAIConventions.RequestTopK, RequestAttributeKind.Number),
            new(GenAIConventions.RequestTopP, RequestAttributeKind.Number),
            new(GenAIConventions.RequestFrequencyPenalty, RequestAttributeKind.Number),
            new(GenAIConventions.RequestPresencePenalty, RequestAttributeKind.Number),
            new(GenAIConventions.RequestEncodingFormats, RequestAttributeKind.Texts, "encoding_format"),
        ],
        // Whole responses of /inference keep it beside their choices; streams of messages and responses inside of what an event
        // is about; the others at the top.
        UsagePaths = JsonPath.ParseAll(["message/usage", "usage", "response/usage", "output/usage"]),
        IdPaths = JsonPath.ParseAll(["message/id", "id", "response/id"]),
        ModelPaths = JsonPath.ParseAll(["message/model", "model", "response/model"]),
        FinishReasonPaths = JsonPath.ParseAll(["choices/*/finish_reason", "output/choices/*/finish_reason", "stop_reason", "incomplete_details/reason"]),
        CountTokens = CountTokens,
    };

    public override bool RequiresKey(Uri url)
        => url.Host.EndsWith(".together.xyz", StringComparison.OrdinalIgnoreCase)
        || url.Host.EndsWith(".together.ai", StringComparison.OrdinalIgnoreCase);

    public override string? RequestId(HttpResponseMessage response) => base.RequestId(response) ?? ResponseHeaders.Text(response, "cf-ray");

    public override TogetherAIRateLimit RateLimit(HttpResponseMessage response) => new()
    {
        RequestLimit = ResponseHeaders.Number(response, "x-ratelimit-limit"),
        RequestsRemaining = ResponseHeaders.Number(response, "x-ratelimit-remaining"),
        TokenLimit = ResponseHeaders.Number(response, "x-ratelimit-limit-tokens") ?? ResponseHeaders.Number(response, "x-tokenlimit-limit"),
        TokensRemaining = ResponseHeaders.Number(response, "x-ratelimit-remaining-tokens") ?? ResponseHeaders.Number(response, "x-tokenlimit-remaining"),
        DynamicRequestLimit = ResponseHeaders.Number(response, "x-ratelimit-limit-dynamic"),
        DynamicRequestsRemaining = ResponseHeaders.Number(response, "x-ratelimit-remaining-dynamic"),
        DynamicTokenLimit = ResponseHeaders.Number(response, "x-tokenlimit-limit-dynamic"),
        DynamicTokensRemaining = ResponseHeaders.Number(response, "x-tokenlimit-remaining-dynamic"),
        Reset = RateLimitWait(response),
    };

    public override TimeSpan? RateLimitWait(HttpResponseMessage response) => ResponseHeaders.Seconds(response, "x-ratelimit-reset");

    public override bool IsFinal(ServerError? error) => Words(error).Any(word => FinalCodes.Contains(word, StringComparer.OrdinalIgnoreCase));

    public override string Advice(int status, FailureDetails details)
        => Words(details.Error).Select(AdviceOnCode).FirstOrDefault(advice => advice.Length > 0)
        ?? status switch
        {
            401 => " Check the API key (ApiKey, or the environment variable TOGETHER_API_KEY).",
            402 => " Raise the spending limit or add credit in the account's billing settings.",
            403 => " The API key does not have permission, or the prompt and max_tokens together exceed the model's context length.",
            404 => " Check the model ID and the URL.",
            503 => " The platform currently has no capacity; retry later.",
            _ => base.Advice(status, details),
        };

    private static TokenCounts CountTokens(IEnumerable<byte[]> usages)
        => TogetherAICallSummary.SumOf(usages) is { } sum
            ? new TokenCounts(
                sum.PromptTokens,
                sum.CompletionTokens,
                sum.CachedTokens ?? sum.PromptTokensDetails?.CachedTokens,
                sum.ReasoningTokens ?? sum.CompletionTokensDetails?.ReasoningTokens)
            : default;

    // Some servers put the code where others have the kind.
    private static IEnumerable<string> Words(ServerError? error) => new[] { error?.Code, error?.Type }.OfType<string>();

    private static string AdviceOnCode(string code) => code.ToLowerInvariant() switch
    {
        "model_not_available" => " Use another model, or run this one on your own dedicated endpoint.",
        "endpoint_not_ready" or "endpoint_not_configured" => " Start the endpoint, or use another model.",
        "third_party_data_sharing_blocked" => " A partner hosts this model: allow data sharing with third parties in the organization's settings, or use another model.",
        "credit_limit" => " Add credit in the account's billing settings.",
        "context_length_exceeded" => " Shorten the prompt or reduce max_tokens: together they exceed the model's context length.",
        _ => "",
    };
}
