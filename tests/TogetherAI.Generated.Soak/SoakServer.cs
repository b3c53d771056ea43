using System.Globalization;
using TogetherAI.LocalServer;

namespace TogetherAI.Soak;

/// <summary>
/// The server's side. It prints its address, answers each line of its input with the number of its open streams, and
/// ends with its input.
/// </summary>
internal static class SoakServer
{
    /// <summary>Larger than <see cref="SoakLoad.MaxEventBytes"/>.</summary>
    private const int OversizedEventBytes = 256 * 1024;

    /// <summary>
    /// The settings of the server. Requests that name no fault are refused now and then, so that they must be sent again.
    /// </summary>
    public static TogetherAILocalServerOptions Options(int seed, double tokensPerSecond) => new()
    {
        TokensPerSecond = tokensPerSecond,
        Faults = new TogetherAILocalServerFaults
        {
            Seed = seed,
            Rates = { [TogetherAILocalServerFault.RateLimit] = 0.05, [TogetherAILocalServerFault.ServerError] = 0.1 },
            RateLimitReset = TimeSpan.FromSeconds(0.1),
            // Longer than any call waits.
            StallTime = TimeSpan.FromMinutes(10),
            ByteInterval = TimeSpan.Zero,
            OversizedEventBytes = OversizedEventBytes,
        },
    };

    public static async Task<int> RunAsync(int seed)
    {
        // Slow enough that a thousand streams are open at once, and that what cuts a stream short comes before its end.
        await using var server = await TogetherAILocalServer.StartAsync(Options(seed, tokensPerSecond: 10));
        Console.WriteLine(server.Url);
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine(server.ActiveStreams.ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }
}
