using TogetherAI.Benchmarks.Reports;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>Streams that are relayed, sent one event and fell silent: the memory that each keeps while nothing comes.</summary>
internal static class IdleRun
{
    public const string ChildCommand = "idle-child";

    private const int Streams = 5_000;

    private static readonly string[] Clients = ["http", "parser", "together", "tokens"];

    public static async Task WriteAsync(Report report)
    {
        await using var server = await SilentServer.StartAsync().ConfigureAwait(false);
        report.Heading($"{Streams:N0} silent streams: \"http\" and \"together\" relay bytes with CopyToAsync, \"parser\" is HttpClient with the event parser, \"tokens\" reads the texts");
        report.Header("client", "KB of heap/stream", "times http", "times parser");
        var figures = new List<double>();
        foreach (var client in Clients)
        {
            var output = await ChildProcess.RunAsync(ChildCommand, client, server.Url.ToString(), $"{Streams}").ConfigureAwait(false);
            var kilobytes = double.Parse(output[0], System.Globalization.CultureInfo.InvariantCulture);
            figures.Add(kilobytes);
            report.Row(client, kilobytes, kilobytes / figures[0], figures.Count < 2 ? double.NaN : kilobytes / figures[1]);
        }
    }
}
