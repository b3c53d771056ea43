using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Telemetry;

namespace TogetherAI;

/// <summary>What only this service has. <see cref="ServiceProfile"/> says what more could stand here.</summary>
internal sealed class TogetherAIProfile : ServiceProfile
{
    private TogetherAIProfile()
    {
    }

    public static TogetherAIProfile Instance { get; } = new();

    public override string UserAgent { get; } =
        "TogetherAI.Generated/" + typeof(TogetherAIProfile).Assembly.GetName().Version!.ToString(3);

    public override IReadOnlyList<string> ErrorHeaders => [.. base.ErrorHeaders, "x-ratelimit-*"];

    // The name of its ActivitySource and Meter. What of requests and responses they tell can be added.
    public override ServiceTelemetry Telemetry { get; } = new("TogetherAI");

    public override string KeyVariable => "TOGETHER_API_KEY";

    public override string AddressVariable => "TOGETHER_BASE_URL";

    public override TogetherAIRateLimit RateLimit(HttpResponseMessage response) => new()
    {
        RequestLimit = ResponseHeaders.Number(response, "x-ratelimit-limit"),
        RequestsRemaining = ResponseHeaders.Number(response, "x-ratelimit-remaining"),
        Reset = ResponseHeaders.Seconds(response, "x-ratelimit-reset"),
    };
}
