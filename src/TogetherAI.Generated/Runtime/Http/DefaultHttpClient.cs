#if NET8_0_OR_GREATER
using System.Net;
#endif

namespace TogetherAI.Runtime.Http;

/// <summary>The HTTP stack of a client that was given none.</summary>
internal static class DefaultHttpClient
{
    public static HttpClient Create()
    {
        var client = new HttpClient(CreateHandler());
        Apply(client);
        return client;
    }

    public static void Apply(HttpClient client)
    {
        // The clocks of each call rule; this one would cut long streams short without saying so.
        client.Timeout = Timeout.InfiniteTimeSpan;
#if NET8_0_OR_GREATER
        // Over TLS, client and server agree on it; without, and where the server knows only the older one, it is 1.1.
        client.DefaultRequestVersion = HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
#endif
    }

#if NET8_0_OR_GREATER
    // A browser brings its own stack.
    public static HttpMessageHandler CreateHandler()
        => OperatingSystem.IsBrowser() ? new HttpClientHandler { AllowAutoRedirect = false } : CreateSocketsHandler();

    private static SocketsHttpHandler CreateSocketsHandler() => new()
    {
        // A redirect could carry custom headers, and with them a secret, to another host.
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        EnableMultipleHttp2Connections = true,
        // Enough for what follows the end that a stream announces, so that its connection can serve another call.
        MaxResponseDrainSize = 64 * 1024,
        // Addresses behind a name change; a connection that lives for ever would never learn of it.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };
#else
    public static HttpMessageHandler CreateHandler() => new HttpClientHandler
    {
        AllowAutoRedirect = false,
        // .NET Framework allows two connections to a host unless told otherwise.
        MaxConnectionsPerServer = int.MaxValue,
        UseCookies = false,
    };
#endif
}
