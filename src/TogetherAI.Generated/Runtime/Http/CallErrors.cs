using System.Net;
using System.Net.Sockets;
using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>Turns what the HTTP stack throws into what the caller is promised.</summary>
internal static class CallErrors
{
    /// <summary>The exception for a failure before the response headers; null where it is none of the network's.</summary>
    public static Exception? BeforeResponse(Exception exception, CallAttempts attempts, CallSettings settings, CallClock clock)
    {
        var secrets = attempts.Secrets;
        if (clock.IsCancelledByCaller)
        {
            return clock.CallerCancellation(secrets.Masked(exception));
        }

        var details = FailureDetails.NoResponse(attempts.Count, secrets);
        var tried = Tried(attempts) + (!attempts.IsIdempotent && attempts.Count > 0 && !ConnectionErrors.FoundNoConnection(exception) ? StatusErrors.MayHaveActed : "");
        if (clock.IsTimedOut)
        {
            return Timeout(clock, settings, default, details, exception, tried);
        }

        if (attempts.BodyFailure is { } failure)
        {
            return failure;
        }

        if (ConnectionErrors.IsConnectionFailure(exception))
        {
            return ConnectionErrors.Create(exception, settings.Url, details, tried);
        }

        return exception is OperationCanceledException ? GivenUp(settings, default, details, exception, tried) : null;
    }

    /// <summary>The exception for a failure while a whole response is read; null where it is none of the network's.</summary>
    public static Exception? InsideResponse(Exception exception, ApiResponse response)
    {
        if (response.Clock.IsCancelledByCaller)
        {
            return response.Clock.CallerCancellation(response.Secrets.Masked(exception));
        }

        if (response.Clock.IsTimedOut)
        {
            return Timeout(response.Clock, response.Settings, default, response.Details(), exception);
        }

        return exception switch
        {
            OperationCanceledException => GivenUp(response.Settings, default, response.Details(), exception),
            _ when IsConnectionLoss(exception) => new TogetherAIConnectionException(
                $"The connection to {response.Settings.Url.Host} was lost before the whole response was received.",
                response.Details(),
                exception),
            _ when IsBroken(exception) => new TogetherAIInvalidResponseException(
                $"The response of {ErrorText.Address(response.Settings.Url)} has invalid or unsupported compression: {ErrorText.Sentence(exception.Message)}",
                response.Details(),
                exception),
            _ => null,
        };
    }

    /// <summary>The exception for a failure inside a stream; null where it is none of the network's.</summary>
    public static Exception? InsideStream(Exception exception, ApiResponse response, StreamAmount received)
    {
        if (response.Clock.IsCancelledByCaller)
        {
            return response.Clock.CallerCancellation(response.Secrets.Masked(exception));
        }

        if (response.Clock.IsTimedOut)
        {
            return Timeout(response.Clock, response.Settings, received, response.Details(), exception);
        }

        return exception switch
        {
            OperationCanceledException => GivenUp(response.Settings, received, response.Details(), exception),
            _ when IsConnectionLoss(exception) => new TogetherAIStreamException(
                $"The connection to {response.Settings.Url.Host} was lost after {received} of the stream.",
                TogetherAIStreamFailure.ConnectionLost,
                received.Events,
                response.Details(),
                exception)
            { BytesReceived = received.Bytes },
            _ when IsBroken(exception) => new TogetherAIStreamException(
                $"The stream has invalid or unsupported compression after {received}: {ErrorText.Sentence(exception.Message)}",
                TogetherAIStreamFailure.MalformedEvent,
                received.Events,
                response.Details(),
                exception)
            { BytesReceived = received.Bytes },
            _ => null,
        };
    }

    /// <summary>Whether reading a body failed because of the network or of what it brought, whatever the HTTP stack.</summary>
    private static bool IsBroken(Exception exception)
        => IsConnectionLoss(exception)
        // The two with which the decompressing streams of .NET report data that they cannot read.
        || exception is OperationCanceledException or InvalidDataException or InvalidOperationException;

    private static bool IsConnectionLoss(Exception exception)
        => exception is IOException or HttpRequestException or SocketException or WebException or ObjectDisposedException;

    private static string Tried(CallAttempts attempts)
    {
        var last = attempts.LastStatus is { } status ? $"; the last response was {(int)status}" : "";
        return attempts.Count > 1 ? $" The request was sent {attempts.Count} times{last}." : "";
    }

    private static TogetherAITimeoutException Timeout(
        CallClock clock,
        CallSettings settings,
        StreamAmount received,
        FailureDetails details,
        Exception cause,
        string tried = "")
    {
        var limit = ErrorText.Seconds(clock.Limit);
        var host = settings.Url.Host;
        var message = clock.Phase switch
        {
            TogetherAITimeoutPhase.ResponseHeaders => $"Timeout of {limit} s elapsed (Timeout): {host} sent no response.",
            TogetherAITimeoutPhase.ResponseBody => $"Timeout of {limit} s elapsed (Timeout): {host} did not finish its response.",
            TogetherAITimeoutPhase.FirstEvent when settings.FirstEventTimeout is not null =>
                $"Timeout of {limit} s elapsed (FirstEventTimeout): {host} sent no {received.Unit} of the stream after its response headers.",
            TogetherAITimeoutPhase.FirstEvent => $"Timeout of {limit} s elapsed (StreamIdleTimeout): {host} sent nothing before the first {received.Unit} of the stream.",
            _ => $"Timeout of {limit} s elapsed (StreamIdleTimeout): {host} sent nothing more after {received} of the stream.",
        };
        return new TogetherAITimeoutException(message + tried, clock.Phase, clock.Limit, received.Events, details, cause)
        {
            BytesReceived = received.Bytes,
        };
    }

    // Neither the caller nor our clock ended the call: then it was the HTTP stack.
    private static TogetherAIException GivenUp(CallSettings settings, StreamAmount received, FailureDetails details, Exception cause, string tried = "")
    {
        var limit = settings.HttpClient.Timeout;
        var isItsTimeout = limit != System.Threading.Timeout.InfiniteTimeSpan;
#if NET8_0_OR_GREATER
        // .NET Framework does not tell.
        isItsTimeout &= cause.InnerException is TimeoutException;
#endif
        if (!isItsTimeout)
        {
            return new TogetherAIConnectionException(
                "The HttpClient, or a handler of it, cancelled the request. It may have been disposed during the call." + tried,
                details,
                cause);
        }

        return new TogetherAITimeoutException(
            $"The supplied HttpClient cancelled the call after its own Timeout of {ErrorText.Seconds(limit)} s. Set HttpClient.Timeout to Timeout.InfiniteTimeSpan and use the timeouts of the options.{tried}",
            TogetherAITimeoutPhase.HttpClientTimeout,
            limit,
            received.Events,
            details,
            cause)
        { BytesReceived = received.Bytes };
    }
}
