using System.Net.Sockets;
using System.Security.Authentication;

namespace TogetherAI;

/// <summary>Tells connection failures from other exceptions, and says in a sentence what happened.</summary>
internal static class ConnectionErrors
{
    /// <summary>Whether no response came because there was no connection, or because it broke.</summary>
    public static bool IsConnectionFailure(Exception exception) => exception switch
    {
        HttpRequestException or IOException or SocketException => true,
        // SocketsHttpHandler reports its ConnectTimeout so; HttpClient reports its Timeout with one cancellation more inside.
        OperationCanceledException { InnerException: TimeoutException { InnerException: not OperationCanceledException } } => true,
        _ => false,
    };

    public static TogetherAIConnectionException Create(Exception exception, Uri url, int attempts)
    {
        var tried = attempts > 1 ? $" The request was sent {attempts} times." : "";
        return new TogetherAIConnectionException(
            $"{Sentence(exception, url)}{tried}",
            FailureDetails.NoResponse(attempts),
            exception);
    }

    private static string Sentence(Exception exception, Uri url)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData }:
                    return $"The name {url.Host} could not be resolved. Check the address and the network.";
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return $"{url.Host}:{url.Port} refused the connection. Check that the server is running and the port is right.";
                case AuthenticationException:
                    return $"No secure connection to {url.Host}:{url.Port}: {ErrorText.Sentence(cause.Message)}";
                case TimeoutException:
                    return $"{url.Host}:{url.Port} could not be reached in time.";
            }
        }

        return $"The connection to {url.Host}:{url.Port} failed: {ErrorText.Sentence(exception.GetBaseException().Message)}";
    }
}
