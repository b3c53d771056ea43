using System.Diagnostics;
using System.Globalization;

namespace TogetherAI.Samples.Gateway.Load;

/// <summary>The load test: what the gateway costs beside YARP, and how it behaves when readers and upstreams do not.</summary>
internal sealed class LoadTest(TextWriter output) : IDisposable
{
    private const int Streams = 100;
    private const int Rounds = 4;
    private const int IdleStreams = 1_000;
    private const int SlowStreams = 200;

    private readonly Reader _reader = new();
    private bool _hasFailed;

    /// <summary>Runs everything, and prints it.</summary>
    /// <returns>0, or 1 where a reader or an upstream was treated wrongly.</returns>
    public static async Task<int> RunAsync(TextWriter output)
    {
        using var test = new LoadTest(output);
        using (var upstream = await Child.StartAsync(Child.Upstream))
        using (var gateway = await Child.StartAsync(Child.Gateway, upstream.Url.ToString()))
        using (var yarp = await Child.StartAsync(Child.Yarp, upstream.Url.ToString()))
        {
            await test.CostAsync(gateway, yarp);
            await test.MemoryAsync(gateway, yarp, upstream);
            await test.LeaveAsync(gateway, upstream);
        }

        await test.RollAsync();
        return test._hasFailed ? 1 : 0;
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _reader.Dispose();

    private async Task CostAsync(Child gateway, Child yarp)
    {
        (string Name, Child Server, string Path, double Least)[] relays =
        [
            ("YARP, bytes", yarp, Reader.Chat, double.MaxValue),
            ("gateway, bytes", gateway, Reader.Chat, double.MaxValue),
            ("gateway, own events", gateway, Reader.Tokens, double.MaxValue),
        ];

        // In turns, of which the least counts: other programs only ever add time. The first two warm up.
        for (var round = -2; round < Rounds; round++)
        {
            for (var i = 0; i < relays.Length; i++)
            {
                var before = relays[i].Server.ProcessorTime;
                await Task.WhenAll(Enumerable.Range(0, Streams).Select(_ => _reader.ReadAllAsync(relays[i].Server.Url, relays[i].Path, UpstreamServer.Burst)));
                var cost = (relays[i].Server.ProcessorTime - before).TotalMicroseconds / (Streams * UpstreamServer.Events);
                relays[i].Least = round < 0 ? relays[i].Least : Math.Min(relays[i].Least, cost);
            }
        }

        Heading($"{Streams} streams at once, each of {UpstreamServer.Events} events in bursts of five", "relay", "µs of CPU per event", "times YARP", "goal");
        Row(relays[0].Name, relays[0].Least, 1, "");
        Row(relays[1].Name, relays[1].Least, relays[1].Least / relays[0].Least, "1.1");
        Row(relays[2].Name, relays[2].Least, relays[2].Least / relays[0].Least, "1.6");
    }

    private async Task MemoryAsync(Child gateway, Child yarp, Child upstream)
    {
        Heading($"Memory of {IdleStreams} streams that are silent after an event, and of {SlowStreams} that are read slowly", "relay", "KB of heap per silent stream", "KB per slow stream");
        foreach (var (name, server, path) in new[] { ("YARP, bytes", yarp, Reader.Chat), ("gateway, bytes", gateway, Reader.Chat), ("gateway, own events", gateway, Reader.Tokens) })
        {
            Row(
                name,
                await HeapAsync(server, upstream, path, UpstreamServer.Idle, IdleStreams, static stream => Reader.ReadSomeAsync(stream)),
                await HeapAsync(server, upstream, path, UpstreamServer.Endless, SlowStreams, static stream => Reader.ReadSlowlyAsync(stream)));
        }
    }

    private async Task<double> HeapAsync(Child server, Child upstream, string path, string model, int count, Func<Stream, Task> read)
    {
        var before = await _reader.NumberAsync(server.Url, "heap");
        var streams = await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            var stream = await _reader.OpenAsync(server.Url, path, model);
            await read(stream);
            return stream;
        }));
        var after = await _reader.NumberAsync(server.Url, "heap");
        await CloseAsync(streams, upstream);
        return (after - before) / 1024.0 / count;
    }

    private async Task LeaveAsync(Child gateway, Child upstream)
    {
        foreach (var path in new[] { Reader.Chat, Reader.Tokens })
        {
            var streams = await Task.WhenAll(Enumerable.Range(0, SlowStreams).Select(_ => _reader.OpenAsync(gateway.Url, path, UpstreamServer.Endless)));
            await Task.WhenAll(streams.Select(static stream => Reader.ReadSomeAsync(stream)));
            var clock = Stopwatch.StartNew();
            var open = await CloseAsync(streams, upstream);
            Result($"{SlowStreams} readers of {path} leave: the upstream stops generating after {clock.ElapsedMilliseconds} ms; {open} streams go on", isRight: open == 0);
        }
    }

    // Leaves streams, and waits until the upstream knows it; the result is the number of those that it still generates then.
    private async Task<long> CloseAsync(Stream[] streams, Child upstream)
    {
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }

        var clock = Stopwatch.StartNew();
        long open;
        while ((open = await _reader.NumberAsync(upstream.Url, "active")) > 0 && clock.Elapsed < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(20);
        }

        return open;
    }

    // The first upstream is restarted again and again, while the second stays.
    private async Task RollAsync()
    {
        await using var sound = UpstreamServer.Build();
        await sound.StartAsync();
        var rolled = UpstreamServer.Build();
        await rolled.StartAsync();
        var address = rolled.Urls.Single();
        await using var gateway = Relays.Gateway("http://127.0.0.1:0", new Uri(address), new Uri(sound.Urls.Single()));
        await gateway.StartAsync();

        var (whole, cut, refused) = (0, 0, 0);
        using var end = new CancellationTokenSource();
        var readers = Enumerable.Range(0, Streams).Select(async _ =>
        {
            while (!end.IsCancellationRequested)
            {
                switch (await _reader.OutcomeAsync(new Uri(gateway.Urls.Single()), Reader.Chat, UpstreamServer.Burst))
                {
                    case Outcome.Whole: Interlocked.Increment(ref whole); break;
                    case Outcome.Cut: Interlocked.Increment(ref cut); break;
                    default: Interlocked.Increment(ref refused); break;
                }
            }
        }).ToList();
        for (var roll = 0; roll < 5; roll++)
        {
            await Task.Delay(1_500);
            await rolled.DisposeAsync();
            await Task.Delay(500);
            rolled = UpstreamServer.Build(address);
            await rolled.StartAsync();
        }

        await end.CancelAsync();
        await Task.WhenAll(readers);
        await rolled.DisposeAsync();
        Result($"An upstream is restarted 5 times: {whole} streams whole, {cut} cut off after their first byte and told so, {refused} refused", isRight: whole > 0 && refused == 0);
    }

    private void Result(string sentence, bool isRight)
    {
        _hasFailed |= !isRight;
        output.WriteLine();
        output.WriteLine($"{sentence}: {(isRight ? "right" : "WRONG")}.");
    }

    private void Heading(string title, params string[] columns)
    {
        output.WriteLine();
        output.WriteLine($"{title}:");
        output.WriteLine();
        output.WriteLine($"| {string.Join(" | ", columns)} |");
        output.WriteLine($"|{string.Concat(columns.Select(static _ => " --- |"))}");
    }

    private void Row(params object[] cells)
        => output.WriteLine($"| {string.Join(" | ", cells.Select(static cell => cell is double number ? number.ToString("0.00", CultureInfo.InvariantCulture) : $"{cell}"))} |");
}
