using Microsoft.Extensions.Logging;

namespace TogetherAI.DependencyInjection;

/// <summary>Writes what happens in the calls of a client to a log.</summary>
internal sealed class CallLog
{
    private const string None = "none";

    private readonly ILogger _logger;

    public CallLog(ILogger logger) => _logger = logger;

    /// <summary>Listens to the calls of the client that is created with these options, before callbacks that are there already.</summary>
    public void ListenTo(TogetherAIOptions options)
    {
        options.Sending = OnSending + options.Sending;
        options.ResponseReceived = OnResponseReceived + options.ResponseReceived;
        options.Retrying = OnRetrying + options.Retrying;
        options.Completed = OnCompleted + options.Completed;
    }

    private void OnSending(TogetherAIRequestInfo request)
    {
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            LogMessages.RequestSending(_logger, request.Method, request.Url, request.Attempts);
        }
    }

    private void OnResponseReceived(TogetherAIResponseInfo response)
    {
        if (_logger.IsEnabled(LogLevel.Debug) && response.Request is { } request)
        {
            LogMessages.ResponseReceived(_logger, (int)response.StatusCode, request.Method, request.Url, response.Attempts);
        }
    }

    private void OnRetrying(TogetherAIRetryInfo retry)
    {
        if (_logger.IsEnabled(LogLevel.Warning) && retry.Request is { } request)
        {
            var reason = retry.StatusCode is { } status ? $"status {(int)status}" : retry.Failure?.GetType().Name ?? None;
            LogMessages.Retrying(_logger, request.Method, request.Url, Milliseconds(retry.Delay), retry.Attempts, reason);
        }
    }

    private void OnCompleted(TogetherAICallSummary call)
    {
        if (call.Request is not { } request || !_logger.IsEnabled(LevelOf(call)))
        {
            return;
        }

        var duration = Milliseconds(call.Duration);
        switch (call)
        {
            case { Failure: OperationCanceledException }:
                LogMessages.CallCanceled(_logger, request.Method, request.Url, duration, call.Attempts, call.EventsReceived);
                break;
            case { Failure: { } failure }:
                var requestId = (failure as TogetherAIException)?.RequestId ?? call.Response?.RequestId ?? None;
                LogMessages.CallFailed(_logger, request.Method, request.Url, duration, ReasonOf(failure), call.Attempts, call.EventsReceived, requestId);
                break;
            case { IsComplete: false }:
                LogMessages.StreamLeft(_logger, request.Method, request.Url, duration, call.EventsReceived, call.BytesReceived);
                break;
            case { TimeToFirstEvent: { } first }:
                LogMessages.StreamCompleted(_logger, request.Method, request.Url, duration, call.Attempts, Milliseconds(first), call.EventsReceived, call.BytesReceived, call.FinishReason ?? None);
                break;
            default:
                LogMessages.CallCompleted(_logger, request.Method, request.Url, (int)(call.Response?.StatusCode ?? 0), duration, call.Attempts);
                break;
        }
    }

    private static LogLevel LevelOf(TogetherAICallSummary call)
        => call.Failure is null or OperationCanceledException ? LogLevel.Information : LogLevel.Warning;

    // Not its message, which may repeat what a server wrote, and so what a user wrote. Whoever catches it has that.
    private static string ReasonOf(Exception failure) => failure switch
    {
        TogetherAIStreamException stream => $"{failure.GetType().Name} ({stream.Failure})",
        TogetherAIException { StatusCode: { } status } => $"{failure.GetType().Name} (status {(int)status})",
        _ => failure.GetType().Name,
    };

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
