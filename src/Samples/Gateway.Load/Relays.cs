using Yarp.ReverseProxy.Configuration;

namespace TogetherAI.Samples.Gateway.Load;

/// <summary>The relays that are compared: the gateway, and YARP, which only copies bytes.</summary>
internal static class Relays
{
    /// <summary>The gateway in front of upstreams.</summary>
    public static WebApplication Gateway(string url, params Uri[] upstreams)
    {
        var settings = new GatewaySettings { Url = url, MaxConcurrentRequests = 10_000, MaxRetries = 0 };
        settings.Upstreams.AddRange(upstreams.Select(static upstream => new UpstreamSettings { Url = upstream, Keys = { "key" } }));
        return GatewayServer.Build(settings);
    }

    /// <summary>YARP in front of the same upstream.</summary>
    public static WebApplication Yarp(Uri upstream)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "one", Match = new RouteMatch { Path = "/v1/{**path}" } }],
            [new ClusterConfig { ClusterId = "one", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = upstream.ToString() } } }]);
        var application = builder.Build();
        application.MapReverseProxy();
        return application;
    }
}
