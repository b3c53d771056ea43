using TogetherAI.Runtime.Telemetry;

namespace TogetherAI.Runtime.Errors;

/// <summary>
/// What only one service has among all that speak HTTP and JSON: where it takes its key from, the names of its headers, and
/// what its errors mean. This class says what holds for most; a client derives its own from it.
/// </summary>
internal abstract class ServiceProfile
{
    /// <summary>Name and version of the client, sent as <c>User-Agent</c>.</summary>
    public abstract string UserAgent { get; }

    /// <summary>The environment variable with the key; null where there is none.</summary>
    public virtual string? KeyVariable => null;

    /// <summary>The environment variable with the root of the API; null where there is none.</summary>
    public virtual string? AddressVariable => null;

    /// <summary>What helps where no key was given to a call that needs one.</summary>
    public virtual string MissingKey => "No API key. Set ApiKey in the options of the client or of the call.";

    /// <summary>The fields of an error that tell its kind, the most exact first.</summary>
    public virtual IReadOnlyList<string> ErrorTypeFields { get; } = ["type"];

    /// <summary>The headers of responses that exceptions carry; a name that ends with <c>*</c> stands for all that begin so.</summary>
    public virtual IReadOnlyList<string> ErrorHeaders { get; } =
    [
        "age", "allow", "content-*", "date", "request-id", "retry-after", "retry-after-ms", "server", "server-timing", "traceparent", "via",
        "x-correlation-id", "x-request-id", "x-served-by", "x-should-retry",
    ];

    /// <summary>What is to know of its requests and responses in order to tell of calls.</summary>
    public abstract ServiceTelemetry Telemetry { get; }

    /// <summary>Whether a call to an address cannot succeed without a key.</summary>
    public virtual bool RequiresKey(Uri url) => false;

    /// <summary>The id by which the service knows a request; null where the response names none.</summary>
    public virtual string? RequestId(HttpResponseMessage response) => ResponseHeaders.Text(response, "x-request-id");

    /// <summary>The state of the caller's rate limit.</summary>
    public virtual TogetherAIRateLimit RateLimit(HttpResponseMessage response) => new();

    /// <summary>How long to wait after a 429 that has no <c>Retry-After</c>; null where the response does not say.</summary>
    public virtual TimeSpan? RateLimitWait(HttpResponseMessage response) => null;

    /// <summary>Whether an error stays the same however often the request is sent.</summary>
    public virtual bool IsFinal(ServerError? error) => false;

    /// <summary>What helps against a failure, as a sentence behind others; empty where the server has said it all.</summary>
    public virtual string Advice(int status, FailureDetails details) => status switch
    {
        >= 300 and < 400 => " Redirects are not followed, so that a key never reaches another host; set BaseUrl or ApiUrl to the final address.",
        401 => " Check the API key (ApiKey).",
        413 => " Send a smaller request.",
        429 when details.RetryAfter is { } wait => $" The rate limit is exceeded; the server suggests waiting {ErrorText.Seconds(wait)} s.",
        429 => " The rate limit is exceeded. Send fewer requests.",
        _ => "",
    };
}
