using TogetherAI.Benchmarks.Reports;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>Many chat streams at once over loopback, each client in a process of its own.</summary>
internal static class LoopbackRun
{
    public const string ChildCommand = "loopback-child";

    private static readonly string[] Clients = ["together", "openai", "parser"];

    private static readonly string[] Streams = ["1", "100", "1000"];

    public static async Task WriteAsync(Report report)
    {
        await using var server = await ServerProcess.StartAsync().ConfigureAwait(false);
        report.Heading("Concurrent chat streams over loopback (\"parser\" is the floor: HttpClient and the event parser alone)");
        report.Header("client", "streams", "tokens/s", "client CPU µs/token", "peak KB/stream", "first token ms (median)");
        var figures = new Dictionary<string, string[]>();
        foreach (var client in Clients)
        {
            figures[client] = await ChildProcess.RunAsync([ChildCommand, client, server.Url.ToString(), .. Streams]).ConfigureAwait(false);
        }

        for (var i = 0; i < Streams.Length; i++)
        {
            foreach (var client in Clients)
            {
                report.Row([client, Streams[i], .. figures[client][i].Split(' ')]);
            }
        }
    }
}
