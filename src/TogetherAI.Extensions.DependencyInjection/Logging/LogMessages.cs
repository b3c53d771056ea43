using Microsoft.Extensions.Logging;

namespace TogetherAI.DependencyInjection;

/// <summary>All log entries. None has a header, content, or a text that a server wrote; URLs come without query and with secrets masked.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Debug, "Sending {Method} {Url} (attempt {Attempt}).")]
    public static partial void RequestSending(ILogger logger, HttpMethod method, string url, int attempt);

    [LoggerMessage(2, LogLevel.Debug, "Received status {StatusCode} for {Method} {Url} (attempt {Attempt}).")]
    public static partial void ResponseReceived(ILogger logger, int statusCode, HttpMethod method, string url, int attempt);

    [LoggerMessage(3, LogLevel.Warning, "Retrying {Method} {Url} in {DelayMilliseconds} ms: attempt {Attempt} ended with {Reason}.")]
    public static partial void Retrying(ILogger logger, HttpMethod method, string url, long delayMilliseconds, int attempt, string reason);

    [LoggerMessage(4, LogLevel.Information, "{Method} {Url} succeeded with status {StatusCode} after {DurationMilliseconds} ms (attempts: {Attempts}).")]
    public static partial void CallCompleted(ILogger logger, HttpMethod method, string url, int statusCode, long durationMilliseconds, int attempts);

    [LoggerMessage(5, LogLevel.Information, "Stream of {Method} {Url} completed after {DurationMilliseconds} ms (attempts: {Attempts}, first data after {FirstDataMilliseconds} ms, events: {Events}, bytes: {Bytes}, finish reason: {FinishReason}).")]
    public static partial void StreamCompleted(ILogger logger, HttpMethod method, string url, long durationMilliseconds, int attempts, long firstDataMilliseconds, int events, long bytes, string finishReason);

    [LoggerMessage(6, LogLevel.Information, "Stream of {Method} {Url} was left by its reader after {DurationMilliseconds} ms (events: {Events}, bytes: {Bytes}).")]
    public static partial void StreamLeft(ILogger logger, HttpMethod method, string url, long durationMilliseconds, int events, long bytes);

    [LoggerMessage(7, LogLevel.Information, "{Method} {Url} was canceled after {DurationMilliseconds} ms (attempts: {Attempts}, events: {Events}).")]
    public static partial void CallCanceled(ILogger logger, HttpMethod method, string url, long durationMilliseconds, int attempts, int events);

    [LoggerMessage(8, LogLevel.Warning, "{Method} {Url} failed after {DurationMilliseconds} ms with {Reason} (attempts: {Attempts}, events: {Events}, request ID: {RequestId}).")]
    public static partial void CallFailed(ILogger logger, HttpMethod method, string url, long durationMilliseconds, string reason, int attempts, int events, string requestId);

    [LoggerMessage(9, LogLevel.Warning, "The HTTP client {HttpClientName} has a {Handler}, which may retry requests that the client itself retries up to {MaxRetries} times, and may end streams with a timeout of its own. Remove it from this client (RemoveAllResilienceHandlers), or set MaxRetries to 0.")]
    public static partial void SecondRetryHandler(ILogger logger, string httpClientName, string handler, int maxRetries);

    [LoggerMessage(10, LogLevel.Warning, "The configuration has settings that are no options: {Details}")]
    public static partial void UnknownSetting(ILogger logger, string details);
}
