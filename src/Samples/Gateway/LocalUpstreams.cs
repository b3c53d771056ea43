using TogetherAI.LocalServer;

namespace TogetherAI.Samples.Gateway;

/// <summary>Two mock servers, the first of which refuses some requests and breaks off some streams.</summary>
internal sealed class LocalUpstreams(TogetherAILocalServer faulty, TogetherAILocalServer sound) : IAsyncDisposable
{
    /// <summary>The servers as upstreams of the gateway.</summary>
    public IReadOnlyList<UpstreamSettings> Settings =>
    [
        new() { Url = faulty.Url, Keys = { "key-1", "key-2" } },
        new() { Url = sound.Url, Keys = { "key-3" } },
    ];

    /// <summary>Starts both.</summary>
    public static async Task<LocalUpstreams> StartAsync()
    {
        var faults = new TogetherAILocalServerFaults
        {
            Rates =
            {
                [TogetherAILocalServerFault.RateLimit] = 0.1,
                [TogetherAILocalServerFault.ServerError] = 0.1,
                [TogetherAILocalServerFault.Reset] = 0.05,
            },
        };
        var faulty = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { Faults = faults });
        return new LocalUpstreams(faulty, await TogetherAILocalServer.StartAsync());
    }

    /// <summary>Stops both.</summary>
    public async ValueTask DisposeAsync()
    {
        await faulty.DisposeAsync();
        await sound.DisposeAsync();
    }
}
