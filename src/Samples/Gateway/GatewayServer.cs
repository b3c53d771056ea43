using System.Threading.RateLimiting;

namespace TogetherAI.Samples.Gateway;

/// <summary>Composes the gateway: its routes, limits and shutdown.</summary>
internal static class GatewayServer
{
    private const string Concurrency = "concurrency";

    /// <summary>Builds the gateway, to be started by the caller.</summary>
    public static WebApplication Build(GatewaySettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(settings.Url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = settings.MaxRequestBytes);
        // On Ctrl+C no connection is accepted any more, and streams may end by themselves for so long.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.ShutdownTimeout);
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(Concurrency, _ => RateLimitPartition.GetConcurrencyLimiter("all", _ => new ConcurrencyLimiterOptions { PermitLimit = settings.MaxConcurrentRequests }));
            limiter.OnRejected = async (rejected, cancellationToken) => await ErrorResponses.WriteBusyAsync(rejected.HttpContext.Response, cancellationToken);
        });
        builder.Services.AddSingleton<GatewayMetrics>();
        builder.Services.AddSingleton(services => new Upstreams(settings, services.GetRequiredService<GatewayMetrics>()));
        builder.Services.AddSingleton<RawRelay>();
        builder.Services.AddSingleton<TokenRelay>();

        var application = builder.Build();
        application.UseRateLimiter();
        // Whole responses and streams of any operation, byte by byte.
        Map(application, "/v1/{**path}", application.Services.GetRequiredService<RawRelay>().HandleAsync);
        // The text of a chat as events of the gateway's own.
        Map(application, "/tokens", application.Services.GetRequiredService<TokenRelay>().HandleAsync, HttpMethods.Post);
        application.MapGet("/metrics", (GatewayMetrics metrics) => metrics.ToString());
        return application;
    }

    private static void Map(WebApplication application, string route, RequestDelegate handler, params string[] methods)
    {
        RequestDelegate safe = context => ErrorResponses.InvokeAsync(context, handler);
        var endpoint = methods.Length == 0 ? application.Map(route, safe) : application.MapMethods(route, methods, safe);
        endpoint.RequireRateLimiting(Concurrency);
    }
}
