using System.Diagnostics;
using System.Globalization;
using OpenAI.Chat;
using TogetherAI.Benchmarks.Reports;
using TogetherAI.Benchmarks.Streams;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>What a process that makes a single call costs, from its start to its end.</summary>
internal static class ColdStartRun
{
    public const string ChildCommand = "cold-child";

    private const int Repetitions = 7;

    public static async Task WriteAsync(Report report)
    {
        await using var server = await ServerProcess.StartAsync().ConfigureAwait(false);
        report.Heading("One streamed chat from a cold process (median of 7)");
        report.Header("client", "wall ms", "peak MB");
        foreach (var client in new[] { "none", "together", "openai" })
        {
            var walls = new List<double>();
            var peaks = new List<double>();
            for (var i = 0; i < Repetitions; i++)
            {
                var clock = Stopwatch.StartNew();
                var lines = await ChildProcess.RunAsync(ChildCommand, client, server.Url.ToString()).ConfigureAwait(false);
                walls.Add(clock.Elapsed.TotalMilliseconds);
                peaks.Add(double.Parse(lines[^1], CultureInfo.InvariantCulture));
            }

            report.Row(client, Median(walls), Median(peaks));
        }
    }

    public static async Task<int> RunChildAsync(string[] arguments)
    {
        using var http = new HttpClient();
        var address = new Uri(arguments[1]);
        if (arguments[0] == "together")
        {
            var request = new ChatCompletionRequest { Model = "org/model-70b", Messages = [ChatCompletionMessage.FromUser("Hi")], MaxTokens = 10 };
            await foreach (var token in Clients.Together(http, address).Chat.StreamTokensAsync(request).ConfigureAwait(false))
            {
            }
        }
        else if (arguments[0] == "openai")
        {
            var options = new ChatCompletionOptions { MaxOutputTokenCount = 10 };
            await foreach (var update in Clients.OpenAI(http, address).CompleteChatStreamingAsync([new UserChatMessage("Hi")], options).ConfigureAwait(false))
            {
            }
        }

        using var self = Process.GetCurrentProcess();
        Console.WriteLine((self.PeakWorkingSet64 / 1024.0 / 1024.0).ToString("F1", CultureInfo.InvariantCulture));
        return 0;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
