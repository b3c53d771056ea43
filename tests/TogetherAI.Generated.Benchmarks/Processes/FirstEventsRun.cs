using System.Diagnostics;
using System.Globalization;
using OpenAI.Chat;
using TogetherAI.Benchmarks.Reports;
using TogetherAI.Benchmarks.Streams;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>
/// The first events that a process reads, while the compiler has not made its fastest code of anything: what a program sees that
/// runs for a second. The server is memory.
/// </summary>
internal static class FirstEventsRun
{
    public const string ChildCommand = "first-child";

    private const string Peer = "openai";

    private const int Repetitions = 7;

    private static readonly string[] Names = ["parser", "together", Peer];

    public static async Task WriteAsync(Report report)
    {
        report.Heading($"The first {EventBodies.EventCount:N0} events of a process, a chat, from the creation of the client (median of {Repetitions})");
        report.Header("client", "ms", "ns/event", "time: openai is … times this");
        var times = Names.ToDictionary(name => name, _ => new List<double>());
        for (var i = 0; i < Repetitions; i++)
        {
            foreach (var name in Names)
            {
                var lines = await ChildProcess.RunAsync(ChildCommand, name).ConfigureAwait(false);
                times[name].Add(double.Parse(lines[^1], CultureInfo.InvariantCulture));
            }
        }

        foreach (var name in Names)
        {
            var median = Median(times[name]);
            report.Row(name, median, median * 1e6 / EventBodies.EventCount, Median(times[Peer]) / median);
        }
    }

    public static async Task<int> RunChildAsync(string[] arguments)
    {
        var server = new MemoryServer(EventBodies.Chat(), "text/event-stream", StreamBenchmarks.ReadSize);
        var clock = Stopwatch.StartNew();
        var length = await (arguments[0] switch
        {
            "together" => TogetherAsync(server),
            Peer => OpenAIAsync(server),
            _ => Floor.ParseAsync(server.Open()),
        }).ConfigureAwait(false);
        clock.Stop();
        Console.WriteLine(length);
        Console.WriteLine(clock.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static async Task<int> TogetherAsync(MemoryServer server)
    {
        var request = new ChatCompletionRequest { Model = Clients.Model, Messages = [ChatCompletionMessage.FromUser("Hi")] };
        var length = 0;
        await foreach (var token in Clients.Together(server).Chat.StreamTokensAsync(request).ConfigureAwait(false))
        {
            length += token.Length;
        }

        return length;
    }

    private static async Task<int> OpenAIAsync(MemoryServer server)
    {
        var length = 0;
        await foreach (var update in Clients.OpenAI(server).CompleteChatStreamingAsync(new UserChatMessage("Hi")).ConfigureAwait(false))
        {
            foreach (var part in update.ContentUpdate)
            {
                length += part.Text.Length;
            }
        }

        return length;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
