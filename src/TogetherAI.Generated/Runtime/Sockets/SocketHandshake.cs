using System.Net.WebSockets;
using TogetherAI.Runtime.Http;

namespace TogetherAI.Runtime.Sockets;

/// <summary>Opens a WebSocket with what any other request of the client would have: address, key and headers.</summary>
internal static class SocketHandshake
{
    // Of a response with a body, which a handshake has not.
    private static readonly string[] OfBodies = ["Accept", "Accept-Encoding"];

    public static async Task ConnectAsync(ClientWebSocket socket, ApiCall call, CallSettings settings, SocketErrors errors, CancellationToken cancellationToken)
    {
        var key = settings.ApiKeyProvider is { } provider ? await CallKey.ProvidedAsync(provider, settings, errors.Secrets, attempts: 0, cancellationToken).ConfigureAwait(false) : settings.ApiKey;
        using var request = new HttpRequestMessage(HttpMethod.Get, settings.Url);
        RequestHeaders.Apply(request, settings, key, call.Operation.Authentication, accept: "*/*", streaming: true);
        errors.Sent(request);
        foreach (var header in request.Headers.Where(static header => !OfBodies.Contains(header.Key)))
        {
            socket.Options.SetRequestHeader(header.Key, string.Join(header.Key == "User-Agent" ? " " : ", ", header.Value));
        }

#if NET8_0_OR_GREATER
        socket.Options.CollectHttpResponseDetails = true;
        await socket.ConnectAsync(AddressOf(request.RequestUri!), settings.HttpClient, cancellationToken).ConfigureAwait(false);
#else
        foreach (var header in settings.HttpClient.DefaultRequestHeaders.Where(header => !request.Headers.Contains(header.Key)))
        {
            socket.Options.SetRequestHeader(header.Key, string.Join(", ", header.Value));
        }

        await socket.ConnectAsync(AddressOf(request.RequestUri!), cancellationToken).ConfigureAwait(false);
#endif
    }

    private static Uri AddressOf(Uri url) => new UriBuilder(url) { Scheme = url.Scheme == "https" ? "wss" : "ws" }.Uri;
}
