using TogetherAI.Benchmarks.Reports;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>Streams that are relayed, sent one event and fell silent: the memory that each keeps while nothing comes.</summary>
internal static class IdleRun
{
    public const string ChildCommand = "idle-child";

    private const int Streams = 1000;

    private static readonly string[] Clients = ["http", "together", "tokens"];

    public static async Task WriteAsync(Report report)
    {
        await using var server = await SilentServer.StartAsync().ConfigureAwait(false);
        report.Heading($"{Streams:N0} silent streams, relayed with CopyToAsync (\"http\" is HttpClient alone, \"tokens\" reads the texts)");
        report.Header("client", "KB of heap/stream", "times HttpClient");
        var baseline = double.NaN;
        foreach (var client in Clients)
        {
            var output = await ChildProcess.RunAsync(ChildCommand, client, server.Url.ToString(), $"{Streams}").ConfigureAwait(false);
            var kilobytes = double.Parse(output[0], System.Globalization.CultureInfo.InvariantCulture);
            baseline = double.IsNaN(baseline) ? kilobytes : baseline;
            report.Row(client, kilobytes, kilobytes / baseline);
        }
    }
}
