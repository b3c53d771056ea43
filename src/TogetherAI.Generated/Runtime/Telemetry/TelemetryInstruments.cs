#if NET8_0_OR_GREATER
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TogetherAI.Runtime.Telemetry;

/// <summary>What the calls to a service are told with. It lives as long as the process, like the service's profile.</summary>
internal sealed class TelemetryInstruments
{
#if NET9_0_OR_GREATER
    private static readonly double[] Times = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
    private static readonly long[] Counts = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864];

#endif
    public TelemetryInstruments(ServiceTelemetry service)
    {
        var version = typeof(TelemetryInstruments).Assembly.GetName().Version!.ToString(3);
        var meter = new Meter(service.SourceName, version);
        Source = new ActivitySource(service.SourceName, version);
        Duration = CreateTimes(meter, GenAIConventions.Duration, "GenAI operation duration.");
        TimeToFirstChunk = CreateTimes(meter, GenAIConventions.TimeToFirstChunk, "Time to receive the first chunk of a streamed response.");
        TimePerOutputChunk = CreateTimes(meter, GenAIConventions.TimePerOutputChunk, "Time between the chunks of a streamed response.");
        TokenUsage = CreateCounts(meter, GenAIConventions.TokenUsage, "Number of input and output tokens used.");
    }

    public ActivitySource Source { get; }

    public Histogram<double> Duration { get; }

    public Histogram<long> TokenUsage { get; }

    public Histogram<double> TimeToFirstChunk { get; }

    public Histogram<double> TimePerOutputChunk { get; }

    /// <summary>Whether anybody listens.</summary>
    public bool HasListeners => Source.HasListeners() || Duration.Enabled || TokenUsage.Enabled || TimeToFirstChunk.Enabled || TimePerOutputChunk.Enabled;

    // .NET 8 cannot say which buckets suit.
    private static Histogram<double> CreateTimes(Meter meter, string name, string description)
#if NET9_0_OR_GREATER
        => meter.CreateHistogram(name, GenAIConventions.Seconds, description, tags: null, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Times });
#else
        => meter.CreateHistogram<double>(name, GenAIConventions.Seconds, description);
#endif

    private static Histogram<long> CreateCounts(Meter meter, string name, string description)
#if NET9_0_OR_GREATER
        => meter.CreateHistogram(name, GenAIConventions.Tokens, description, tags: null, advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = Counts });
#else
        => meter.CreateHistogram<long>(name, GenAIConventions.Tokens, description);
#endif
}
#endif
