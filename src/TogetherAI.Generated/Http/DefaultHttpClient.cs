using System.Net;

namespace TogetherAI;

/// <summary>The HTTP stack of a client that was given none.</summary>
internal static class DefaultHttpClient
{
    public static HttpClient Create() => new(CreateHandler())
    {
        // The clocks of each call rule; this one would cut long streams short without saying so.
        Timeout = Timeout.InfiniteTimeSpan,
#if NET8_0_OR_GREATER
        DefaultRequestVersion = HttpVersion.Version11,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrHigher,
#endif
    };

#if NET8_0_OR_GREATER
    private static SocketsHttpHandler CreateHandler() => new()
    {
        // A redirect could carry custom headers, and with them a secret, to another host.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        EnableMultipleHttp2Connections = true,
        // Leaving a stream early must close it, so that the server stops generating; reading the rest would not.
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        // Addresses behind a name change; a connection that lives for ever would never learn of it.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };
#else
    private static HttpClientHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        // .NET Framework allows two connections to a host unless told otherwise.
        MaxConnectionsPerServer = int.MaxValue,
        UseCookies = false,
    };
#endif
}
