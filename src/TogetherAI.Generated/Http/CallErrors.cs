namespace TogetherAI;

/// <summary>Turns what the HTTP stack throws into what the caller is promised.</summary>
internal static class CallErrors
{
    /// <summary>
    /// The exception for a failure before the response headers. The caller's own cancellation is thrown from here.
    /// </summary>
    public static Exception? BeforeResponse(Exception exception, CallAttempts attempts, CallSettings settings, CallClock clock)
    {
        clock.ThrowIfCancelledByCaller(exception);
        if (clock.IsTimedOut)
        {
            return Timeout(clock, settings, 0, FailureDetails.NoResponse(attempts.Count), exception);
        }

        if (ConnectionErrors.IsConnectionFailure(exception, settings.HttpClient))
        {
            return ConnectionErrors.Create(exception, settings.Url, attempts.Count);
        }

        return exception is OperationCanceledException
            ? HttpClientTimeout(settings, 0, FailureDetails.NoResponse(attempts.Count), exception)
            : null;
    }

    /// <summary>The exception for a failure while a whole response is read.</summary>
    public static Exception? InsideResponse(Exception exception, ApiResponse response)
    {
        response.Clock.ThrowIfCancelledByCaller(exception);
        if (response.Clock.IsTimedOut)
        {
            return Timeout(response.Clock, response.Settings, 0, response.Details(), exception);
        }

        return exception switch
        {
            OperationCanceledException => HttpClientTimeout(response.Settings, 0, response.Details(), exception),
            IOException or HttpRequestException or ObjectDisposedException => new TogetherAIConnectionException(
                $"The connection to {response.Settings.Url.Host} broke before the whole response had come.",
                response.Details(),
                exception),
            InvalidDataException => new TogetherAIInvalidResponseException(
                $"The response of {ErrorText.Address(response.Settings.Url)} is compressed in a way that cannot be read.",
                response.Details(),
                exception),
            _ => null,
        };
    }

    /// <summary>The exception for a failure inside a stream.</summary>
    public static Exception? InsideStream(Exception exception, ApiResponse response, int eventsReceived)
    {
        response.Clock.ThrowIfCancelledByCaller(exception);
        if (response.Clock.IsTimedOut)
        {
            return Timeout(response.Clock, response.Settings, eventsReceived, response.Details(), exception);
        }

        return exception switch
        {
            OperationCanceledException => HttpClientTimeout(response.Settings, eventsReceived, response.Details(), exception),
            IOException or HttpRequestException or ObjectDisposedException or InvalidDataException => new TogetherAIStreamException(
                $"The connection to {response.Settings.Url.Host} broke after {Events(eventsReceived)} of the stream.",
                TogetherAIStreamFailure.ConnectionLost,
                eventsReceived,
                response.Details(),
                exception),
            _ => null,
        };
    }

    public static string Events(int count) => count == 1 ? "1 event" : $"{count} events";

    private static TogetherAITimeoutException Timeout(
        CallClock clock,
        CallSettings settings,
        int eventsReceived,
        FailureDetails details,
        Exception cause)
    {
        var limit = clock.Limit.TotalSeconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
        var host = settings.Url.Host;
        var message = clock.Phase switch
        {
            TogetherAITimeoutPhase.ResponseHeaders => $"{host} sent no response within {limit} s (Timeout).",
            TogetherAITimeoutPhase.ResponseBody => $"{host} did not finish its response within {limit} s (Timeout).",
            TogetherAITimeoutPhase.FirstEvent => $"{host} sent no event within {limit} s of the stream's start (StreamIdleTimeout).",
            _ => $"{host} was silent for {limit} s after {Events(eventsReceived)} of the stream (StreamIdleTimeout).",
        };
        return new TogetherAITimeoutException(message, clock.Phase, clock.Limit, eventsReceived, details, cause);
    }

    private static TogetherAITimeoutException HttpClientTimeout(
        CallSettings settings,
        int eventsReceived,
        FailureDetails details,
        Exception cause)
    {
        var limit = settings.HttpClient.Timeout;
        var seconds = limit.TotalSeconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
        return new TogetherAITimeoutException(
            $"The HttpClient that was handed in gave up after its own Timeout of {seconds} s. Set HttpClient.Timeout to Timeout.InfiniteTimeSpan and use the timeouts of the options.",
            TogetherAITimeoutPhase.HttpClientTimeout,
            limit,
            eventsReceived,
            details,
            cause);
    }
}
