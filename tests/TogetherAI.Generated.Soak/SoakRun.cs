using System.Diagnostics;

namespace TogetherAI.Soak;

/// <summary>One run of the program: a server, a load, and a verdict.</summary>
internal static class SoakRun
{
    private const int Passed = 0;
    private const int Failed = 1;

    /// <summary>A bound for the case that calls end at once, all of them.</summary>
    private const int MostCalls = 5_000_000;

    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(3);

    // Connections close, and idle threads end, some time after the last call.
    private static readonly TimeSpan PatienceAfterwards = TimeSpan.FromSeconds(40);

    public static async Task<int> RunAsync(TimeSpan time, int streams, int seed, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(seed, cancellationToken);
        var port = server.Url.Port;
        Console.WriteLine($"{streams} streams at once for {time.TotalSeconds} s, seed {seed}, server {server.Url}");

        // A client of its own, so that there are no connections when the counting begins.
        ExpectedTexts texts;
        using (var client = SoakLoad.CreateClient(server.Url))
        {
            texts = await ExpectedTexts.ReadAsync(client, cancellationToken);
        }

        var before = Figures.Take(port);
        Console.WriteLine($"before: {before}");
        var samples = new List<Figures>();
        var (tally, leaked) = await LoadAsync(server, texts, time, streams, seed, samples, cancellationToken);
        var active = await SettleAsync(server, port, before, cancellationToken);
        var after = Figures.Take(port);
        Console.WriteLine($"after:  {after}");

        var objections = new Flatness(before, samples, after).Objections().ToList();
        if (active > 0)
        {
            objections.Add($"The server still has {active} open streams.");
        }

        Report(tally, leaked, new Flatness(before, samples, after), samples, objections);
        return tally.Lost == 0 && leaked == 0 && objections.Count == 0 ? Passed : Failed;
    }

    private static async Task<(Tally Tally, int Leaked)> LoadAsync(
        ServerProcess server, ExpectedTexts texts, TimeSpan time, int streams, int seed, List<Figures> samples, CancellationToken cancellationToken)
    {
        using var client = SoakLoad.CreateClient(server.Url);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(time);
        var load = new SoakLoad(client, texts, seed);
        var running = load.RunAsync(streams, MostCalls, ending.Token);
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(SampleInterval);
        while (!ending.IsCancellationRequested && !running.IsCompleted)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            if (ending.IsCancellationRequested)
            {
                break;
            }

            samples.Add(Figures.Take(server.Url.Port));
            Console.WriteLine($"{clock.Elapsed.TotalSeconds,5:F0} s: {samples[^1]}, ended {load.Tally.Ended,6}, open {load.Tally.Open,4}, lost {load.Tally.Lost}");
        }

        return (load.Tally, await running);
    }

    private static async Task<int> SettleAsync(ServerProcess server, int port, Figures before, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (true)
        {
            var active = await server.ActiveStreamsAsync(cancellationToken);
            var now = Figures.Take(port);
            var isSettled = active == 0 && now.Sockets == 0 && now.Threads <= before.Threads;
            if (isSettled || clock.Elapsed > PatienceAfterwards)
            {
                return active;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static void Report(Tally tally, int leaked, Flatness flatness, List<Figures> samples, List<string> objections)
    {
        Console.WriteLine();
        foreach (var (outcome, count) in tally.Outcomes.OrderBy(outcome => outcome.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"{count,8}  {outcome}");
        }

        foreach (var line in tally.Examples.Select(example => "LOST " + example).Concat(objections.Select(objection => "NOT FLAT " + objection)))
        {
            Console.WriteLine(line);
        }

        var (first, last) = flatness.FirstAndLast();
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"first:  {first}");
        Console.WriteLine($"last:   {last}");
        Console.WriteLine(FormattableString.Invariant($"peak:   heap {samples.Select(sample => sample.Heap).DefaultIfEmpty().Max() / 1024.0 / 1024:F1} MiB, working set {process.PeakWorkingSet64 / 1024.0 / 1024:F1} MiB"));
        Console.WriteLine($"streams: {tally.Ended}, lost: {tally.Lost}, leaked: {leaked}, flat: {(objections.Count == 0 ? "yes" : "no")}");
    }
}
