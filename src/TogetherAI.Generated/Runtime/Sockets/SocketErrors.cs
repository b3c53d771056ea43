using System.Net;
using System.Net.WebSockets;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Http;

namespace TogetherAI.Runtime.Sockets;

/// <summary>Turns what happens to a WebSocket into what the caller is promised.</summary>
internal sealed class SocketErrors(CallSettings settings)
{
    private Secrets? _secrets;

    public Secrets Secrets => _secrets ??= new Secrets(settings, sent: null);

    private string Host => settings.Url.Host;

    /// <summary>Takes notice of the request as it is sent, with what of it is secret.</summary>
    public void Sent(HttpRequestMessage request) => _secrets = new Secrets(settings, request);

    /// <summary>The exception for a connection that could not be opened; null where the failure is none of the network's.</summary>
    public Exception? Connecting(Exception exception, ClientWebSocket socket, CallClock clock)
    {
        if (clock.IsCancelledByCaller)
        {
            return clock.CallerCancellation(Secrets.Masked(exception));
        }

        var details = FailureDetails.NoResponse(attempts: 1, Secrets);
        if (clock.IsTimedOut)
        {
            return new TogetherAITimeoutException($"Timeout of {ErrorText.Seconds(clock.Limit)} s elapsed (Timeout): {Host} did not open the WebSocket.", clock.Phase, clock.Limit, eventsReceived: 0, details, exception);
        }

        if (exception is not WebSocketException)
        {
            return ConnectionErrors.IsConnectionFailure(exception) ? ConnectionErrors.Create(exception, settings.Url, details, "") : null;
        }

        return StatusOf(socket, exception) is { } status
            ? StatusErrors.Create(
                new FailureDetails { Secrets = Secrets, StatusCode = status, Attempts = 1, IsTransient = (int)status is 408 or 429 or >= 500 },
                settings.Url,
                settings.Client.Profile)
            : ConnectionErrors.Create(exception, settings.Url, details, "");
    }

    /// <summary>The exception for a failure of an open connection; null where the failure is none of the network's.</summary>
    public Exception? Connected(Exception exception, int received, CallClock clock)
    {
        if (exception is TogetherAIException)
        {
            return null;
        }

        if (clock.IsCancelledByCaller)
        {
            return clock.CallerCancellation(Secrets.Masked(exception));
        }

        if (clock.IsTimedOut)
        {
            return new TogetherAITimeoutException(
                $"Timeout of {ErrorText.Seconds(clock.Limit)} s elapsed (StreamIdleTimeout): {Host} sent nothing more after {Amount(received)}.", clock.Phase, clock.Limit, received, Details(), exception);
        }

        return exception is WebSocketException or ObjectDisposedException or OperationCanceledException or IOException
            ? Failed($"The connection to {Host} was lost after {Amount(received)}.", TogetherAIStreamFailure.ConnectionLost, received, cause: exception)
            : null;
    }

    /// <summary>Refuses an end that is none.</summary>
    public void RequireComplete(WebSocketReceiveResult end, bool isClosing, int received)
    {
        if (end.CloseStatus != WebSocketCloseStatus.NormalClosure && !isClosing)
        {
            var said = string.IsNullOrEmpty(end.CloseStatusDescription) ? "." : $": {ErrorText.Sentence(end.CloseStatusDescription!)}";
            throw Failed($"{Host} closed the connection with the status {(int?)end.CloseStatus} after {Amount(received)}{said}", TogetherAIStreamFailure.Incomplete, received);
        }
    }

    /// <summary>Refuses a message that is no text, or too large.</summary>
    public void RequireText(WebSocketReceiveResult frame, long length, int received)
    {
        if (frame.MessageType != WebSocketMessageType.Text)
        {
            throw Failed($"{Host} sent a binary message after {Amount(received)}; only text is expected.", TogetherAIStreamFailure.MalformedEvent, received);
        }

        if (length + frame.Count > settings.Client.MaxEventBytes)
        {
            throw Failed($"{Host} sent a message of more than {settings.Client.MaxEventBytes} bytes (MaxEventBytes) after {Amount(received)}.", TogetherAIStreamFailure.EventTooLarge, received);
        }
    }

    /// <summary>The exception for a message that is not what the document describes.</summary>
    public TogetherAIStreamException Malformed(JsonException exception, int received)
        => Failed($"A message of {Host} after {Amount(received)} cannot be read: {ErrorText.Sentence(exception.Message)}", TogetherAIStreamFailure.MalformedEvent, received, cause: exception);

    /// <summary>The exception for a failure that the server reports.</summary>
    public TogetherAIStreamException Reported(JToken failure, byte[] body, int received)
    {
        var error = ServerError.FromJson(failure.ToString(Formatting.None), settings.Client.Profile);
        var said = error.Message is { } message ? $": {ErrorText.Sentence(message)}" : ".";
        return Failed($"{Host} reported a failure after {Amount(received)}{said}", TogetherAIStreamFailure.ServerError, received, error, body);
    }

    private TogetherAIStreamException Failed(string message, TogetherAIStreamFailure failure, int received, ServerError? error = null, byte[]? body = null, Exception? cause = null)
        => new(message, failure, received, Details(error, body), cause);

    private FailureDetails Details(ServerError? error = null, byte[]? body = null) => new() { Secrets = Secrets, Attempts = 1, Error = error, Body = body is null ? null : ErrorBody.Of(body, isTruncated: false) };

    private static string Amount(int received) => received == 1 ? "1 message" : $"{received} messages";

    // Not every framework says the status.
    private static HttpStatusCode? StatusOf(ClientWebSocket socket, Exception exception)
    {
#if NET8_0_OR_GREATER
        _ = exception;
        return (int)socket.HttpStatusCode >= 300 ? socket.HttpStatusCode : null;
#else
        _ = socket;
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is WebException { Response: HttpWebResponse response })
            {
                return response.StatusCode;
            }

            var parts = cause.Message.Split('\'');
            if (parts.Length > 2 && int.TryParse(parts[1], out var status) && status is >= 300 and < 600)
            {
                return (HttpStatusCode)status;
            }
        }

        return null;
#endif
    }
}
