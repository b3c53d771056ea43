using System.Diagnostics;
using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>The same streams while nobody listens to telemetry, and while somebody listens to all of it.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class TelemetryBenchmarks
{
    private const string Name = "TogetherAI";

    private static readonly ChatCompletionRequest Request = new()
    {
        Model = "org/model-70b",
        Messages = [ChatCompletionMessage.FromUser("Hi")],
    };

    private TogetherAIClient _client = null!;
    private ActivityListener? _spans;
    private MeterListener? _metrics;

    [Params(false, true)]
    public bool HasListener { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _client = Clients.Together(new MemoryServer(EventBodies.Chat(), "text/event-stream", 1_400));
        if (HasListener)
        {
            _spans = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == Name,
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            };
            ActivitySource.AddActivityListener(_spans);
            _metrics = new MeterListener { InstrumentPublished = static (instrument, listener) => Listen(instrument, listener) };
            _metrics.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
            _metrics.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
            _metrics.Start();
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _spans?.Dispose();
        _metrics?.Dispose();
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public async Task<int> ChatTokens()
    {
        var count = 0;
        await foreach (var token in _client.Chat.StreamTokensAsync(Request).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = EventBodies.EventCount)]
    public async Task<int> ChatChunks()
    {
        var count = 0;
        await foreach (var chunk in _client.Chat.StreamAsync(Request).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == Name)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }
}
