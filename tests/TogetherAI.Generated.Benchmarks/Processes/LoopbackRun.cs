using System.Globalization;
using TogetherAI.Benchmarks.Reports;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>Many chat streams at once over loopback, each client in a process of its own.</summary>
internal static class LoopbackRun
{
    public const string ChildCommand = "loopback-child";

    public static async Task WriteAsync(Report report)
    {
        await using var server = await ServerProcess.StartAsync().ConfigureAwait(false);
        report.Heading("Concurrent chat streams over loopback (\"parser\" is the floor: HttpClient and the event parser alone)");
        report.Header("client", "streams", "tokens/s", "client CPU µs/token", "peak KB/stream", "first token ms (median)");
        foreach (var streams in new[] { 1, 100, 1_000 })
        {
            foreach (var client in new[] { "together", "openai", "parser" })
            {
                var line = await ChildProcess.RunWarmAsync(ChildCommand, client, server.Url.ToString(), streams.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false);
                report.Row([client, streams, .. line.Split(' ')]);
            }
        }
    }
}
