using System.Diagnostics.Metrics;
using System.Globalization;

namespace TogetherAI.Samples.Gateway;

/// <summary>Counts what the gateway does, for any collector of .NET's metrics and for <c>GET /metrics</c>.</summary>
internal sealed class GatewayMetrics : IDisposable
{
    private readonly Meter _meter = new("TogetherAI.Samples.Gateway");
    private readonly Histogram<double> _firstEvent;
    private long _calls;
    private long _failures;
    private long _leftEarly;
    private long _fallbacks;
    private long _bytes;
    private long _tokens;

    /// <summary>Creates the instruments.</summary>
    public GatewayMetrics()
    {
        _firstEvent = _meter.CreateHistogram<double>("gateway.time_to_first_event", "s");
        foreach (var (name, value) in Counters())
        {
            _meter.CreateObservableCounter("gateway." + name, value);
        }
    }

    /// <summary>Counts a call to an upstream, which has ended.</summary>
    public void OnCompleted(TogetherAICallSummary call)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _failures, call.Failure is null or OperationCanceledException ? 0 : 1);
        Interlocked.Add(ref _leftEarly, call.IsComplete || call.Failure is not (null or OperationCanceledException) ? 0 : 1);
        Interlocked.Add(ref _bytes, call.BytesReceived);
        Interlocked.Add(ref _tokens, call.Usage?.CompletionTokens ?? 0);
        if (call.TimeToFirstEvent is { } time)
        {
            _firstEvent.Record(time.TotalSeconds);
        }
    }

    /// <summary>Counts a call that goes to the next upstream.</summary>
    public void OnFallback() => Interlocked.Increment(ref _fallbacks);

    /// <summary>Disposes the instruments.</summary>
    public void Dispose() => _meter.Dispose();

    /// <summary>The counters, one per line.</summary>
    public override string ToString()
        => string.Concat(Counters().Select(static counter => string.Create(CultureInfo.InvariantCulture, $"gateway_{counter.Name} {counter.Value()}\n")));

    private IEnumerable<(string Name, Func<long> Value)> Counters() =>
    [
        ("calls", () => Interlocked.Read(ref _calls)),
        ("failures", () => Interlocked.Read(ref _failures)),
        ("left_early", () => Interlocked.Read(ref _leftEarly)),
        ("fallbacks", () => Interlocked.Read(ref _fallbacks)),
        ("bytes", () => Interlocked.Read(ref _bytes)),
        ("output_tokens", () => Interlocked.Read(ref _tokens)),
    ];
}
