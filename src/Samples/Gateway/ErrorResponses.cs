using System.Globalization;
using System.Text.Json;

namespace TogetherAI.Samples.Gateway;

/// <summary>Tells the caller of the gateway what an upstream said: its status, its body and how long to wait.</summary>
internal static class ErrorResponses
{
    /// <summary>Handles a request, and responds to it if the call to the upstream fails before the first byte.</summary>
    public static async Task InvokeAsync(HttpContext context, RequestDelegate handler)
    {
        try
        {
            await handler(context);
        }
        catch (TogetherAIException exception)
        {
            if (context.Response.HasStarted)
            {
                // So that the caller can tell that the stream is truncated.
                context.Abort();
                return;
            }

            await WriteAsync(context.Response, exception, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more.
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException && !context.Response.HasStarted)
        {
            await WriteAsync(context.Response, StatusCodes.Status400BadRequest, exception.Message, context.RequestAborted);
        }
    }

    /// <summary>Refuses a request because too many others are being processed.</summary>
    public static Task WriteBusyAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.RetryAfter = "1";
        return WriteAsync(response, StatusCodes.Status503ServiceUnavailable, "Too many requests are being processed.", cancellationToken);
    }

    private static async Task WriteAsync(HttpResponse response, TogetherAIException exception, CancellationToken cancellationToken)
    {
        if (exception.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        }

        // The keys are the gateway's: what is wrong with them is no fault of the caller.
        var isOfCaller = exception is not (TogetherAIAuthenticationException or TogetherAIBillingException or TogetherAIPermissionException);
        if (isOfCaller && (int?)exception.StatusCode >= 400 && !exception.IsResponseBodyTruncated)
        {
            response.StatusCode = (int)exception.StatusCode!;
            response.ContentType = exception.Headers.GetValueOrDefault("Content-Type");
            response.ContentLength = exception.ResponseBodyBytes.Length;
            await response.Body.WriteAsync(exception.ResponseBodyBytes, cancellationToken);
            return;
        }

        var status = exception is TogetherAITimeoutException ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status502BadGateway;
        await WriteAsync(response, status, isOfCaller && exception.ServerMessage is { } said ? said : "The model gave no response.", cancellationToken);
    }

    private static Task WriteAsync(HttpResponse response, int status, string message, CancellationToken cancellationToken)
    {
        response.StatusCode = status;
        return response.WriteAsJsonAsync(new { error = new { message } }, cancellationToken);
    }
}
