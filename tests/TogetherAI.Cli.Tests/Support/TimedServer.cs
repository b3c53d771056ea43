using Microsoft.Extensions.Time.Testing;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Support;

/// <summary>A local server on a clock that only the test moves, and a client for it.</summary>
internal sealed class TimedServer : IAsyncDisposable
{
    private TimedServer(TogetherAILocalServer server, FakeTimeProvider time)
    {
        Server = server;
        Time = time;
        Client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = "any", MaxRetries = 0 });
    }

    public TogetherAILocalServer Server { get; }

    public FakeTimeProvider Time { get; }

    public TogetherAIClient Client { get; }

    public static async Task<TimedServer> StartAsync()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 9, 0, 0, TimeSpan.Zero));
        return new TimedServer(await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TimeProvider = time }), time);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
