using System.Net.Sockets;
using System.Security.Authentication;

namespace TogetherAI.Runtime.Errors;

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

    /// <summary>Whether a connection failure came before anything of the request could be sent.</summary>
    public static bool FoundNoConnection(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException or SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.ConnectionRefused })
            {
                return true;
            }
#if NET8_0_OR_GREATER

            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError })
            {
                return true;
            }
#endif
        }

        return false;
    }

    public static TogetherAIConnectionException Create(Exception exception, Uri url, FailureDetails details, string tried)
        => new($"{Sentence(exception, url)}{tried}", details, exception);

    private static string Sentence(Exception exception, Uri url)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData }:
                    return $"The name {url.Host} could not be resolved. Check the address and the network.";
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return $"{url.Host}:{url.Port} refused the connection. Check that the server is running and the port is correct.";
                case AuthenticationException:
                    return $"No secure connection to {url.Host}:{url.Port}: {ErrorText.Sentence(cause.Message)}";
                case TimeoutException:
                    return $"{url.Host}:{url.Port} could not be reached in time.";
            }
        }

        return $"The connection to {url.Host}:{url.Port} failed: {ErrorText.Sentence(exception.GetBaseException().Message)}";
    }
}
