using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Faults;

/// <summary>Refuses requests, and puts a faulty body between an endpoint and the connection.</summary>
internal sealed class FaultInjection(TogetherAILocalServerFaults faults, TimeProvider time)
{
    private readonly FaultPlan _plan = new(faults);
    private readonly FaultSettings _settings = new(faults.StallTime, faults.ByteInterval, faults.OversizedEventBytes, time);
    private readonly double _resetSeconds = faults.RateLimitReset.TotalSeconds;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var (fault, draw) = _plan.Next(context.Request);
        return fault switch
        {
            null => next(context),
            { } refusal when Refused(refusal, context.Response.Headers) is { } error => throw error,
            { } inside => RunAsync(context, next, FaultyEvents.Create(inside, draw, context, _settings)),
        };
    }

    private static async Task RunAsync(HttpContext context, RequestDelegate next, FaultyEvents events)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var stream = new EventStreamBody(context.Response, body.Stream, events);
        var faulty = new StreamResponseBodyFeature(stream, body);
        context.Features.Set<IHttpResponseBodyFeature>(faulty);
        try
        {
            await next(context).ConfigureAwait(false);
            await faulty.Writer.CompleteAsync().ConfigureAwait(false);
            await stream.SendRestAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (StreamCutException)
        {
            // The server ends the response, in an orderly way unless the connection was reset.
        }
        finally
        {
            context.Features.Set(body);
        }
    }

    // Null for the faults that strike inside a stream.
    private ApiErrorException? Refused(TogetherAILocalServerFault fault, IHeaderDictionary headers) => fault switch
    {
        TogetherAILocalServerFault.RateLimit => RateLimited(headers),
        TogetherAILocalServerFault.ServerError => new ApiErrorException(
            StatusCodes.Status503ServiceUnavailable, "This server was told to be overloaded.", "service_unavailable"),
        TogetherAILocalServerFault.Authentication => Invalid(
            StatusCodes.Status401Unauthorized, "This server was told to take no key for valid.", "invalid_api_key"),
        TogetherAILocalServerFault.Billing => Invalid(
            StatusCodes.Status402PaymentRequired, "This server was told to report an insufficient balance."),
        TogetherAILocalServerFault.Permission => Invalid(
            StatusCodes.Status403Forbidden, "This server was told to permit nothing."),
        TogetherAILocalServerFault.NotFound => Invalid(
            StatusCodes.Status404NotFound, "This server was told to have no model.", "model_not_available"),
        _ => null,
    };

    private static ApiErrorException Invalid(int status, string message, string? code = null)
        => new(status, message, "invalid_request_error", code: code);

    // The headers of Together's own 429, of which the first two say the same.
    private ApiErrorException RateLimited(IHeaderDictionary headers)
    {
        headers["x-ratelimit-reset"] = _resetSeconds.ToString(CultureInfo.InvariantCulture);
        headers.RetryAfter = Math.Ceiling(_resetSeconds).ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit"] = "true";
        headers["x-ratelimit-limit"] = (1 / Math.Max(_resetSeconds, 0.001)).ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-remaining"] = "0";
        return new ApiErrorException(
            StatusCodes.Status429TooManyRequests, "This server was told to limit the rate of requests.", "rate_limit");
    }
}
