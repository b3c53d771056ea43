using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Http;

/// <summary>Gives every request its id, and every failure the documented body.</summary>
internal static class ErrorResponses
{
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        RequestId.Assign(context);
        var error = await RunAsync(context, next).ConfigureAwait(false);
        if (error is not null && !context.Response.HasStarted)
        {
            await ErrorBody.WriteAsync(context, error).ConfigureAwait(false);
        }
    }

    private static async Task<ApiErrorException?> RunAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
            return context.Response.StatusCode >= 400 ? Unanswered(context) : null;
        }
        catch (ApiErrorException error)
        {
            return error;
        }
        catch (BadHttpRequestException exception)
        {
            return new ApiErrorException(exception.StatusCode, exception.Message, "invalid_request_error");
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The client went away; nobody is left to be told.
            return null;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            return new ApiErrorException(StatusCodes.Status500InternalServerError, exception.Message, "server_error");
        }
    }

    // What routing turns away it leaves without a body.
    private static ApiErrorException Unanswered(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var request = $"{context.Request.Method} {context.Request.Path}";
        var message = status == StatusCodes.Status405MethodNotAllowed
            ? $"{request} is not a request that this address serves."
            : $"This server has no address {request}.";
        return new ApiErrorException(status, message, "invalid_request_error");
    }
}
