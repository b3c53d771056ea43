using System.Diagnostics;
using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace TogetherAI.Tests.Telemetry;

/// <summary>Listens, as a program with OpenTelemetry does, and keeps what it is told.</summary>
internal sealed class TelemetryRecorder : IDisposable
{
    private readonly List<Activity> _spans = [];
    private readonly List<MetricSnapshot> _metrics = [];
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _meters;

    /// <param name="traces">Whether spans are recorded.</param>
    /// <param name="metrics">Whether metrics are.</param>
    /// <param name="others">Sources and meters beside the client's.</param>
    public TelemetryRecorder(bool traces = true, bool metrics = true, params string[] others)
    {
        _traces = traces ? Sdk.CreateTracerProviderBuilder().AddSource(["TogetherAI", .. others]).AddInMemoryExporter(_spans).Build() : null;
        _meters = metrics ? Sdk.CreateMeterProviderBuilder().AddMeter(["TogetherAI", .. others]).AddInMemoryExporter(_metrics).Build() : null;
    }

    public IReadOnlyList<Activity> Spans => _spans;

    /// <summary>The one span that there is.</summary>
    public Activity Span => _spans.Single();

    /// <summary>The metrics so far.</summary>
    public IReadOnlyList<MetricSnapshot> Metrics
    {
        get
        {
            _metrics.Clear();
            _meters!.ForceFlush();
            return _metrics;
        }
    }

    /// <summary>What was measured with an instrument, a line for each set of tags: <c>tag=value,… count sum</c>.</summary>
    public IReadOnlyList<string> Measured(string instrument, params string[] tags)
    {
        var points = Metrics.SingleOrDefault(metric => metric.Name == instrument)?.MetricPoints ?? [];
        return [.. points.Select(point => $"{string.Join(",", Pairs(point).Where(pair => tags.Contains(pair.Key)).Select(pair => $"{pair.Key}={pair.Value}"))} {point.GetHistogramCount()} {point.GetHistogramSum().ToString(CultureInfo.InvariantCulture)}")];
    }

    /// <summary>Everything that was told, as text.</summary>
    public string Everything()
        => string.Join("\n", _spans.Select(span => string.Join(" ", [
            span.DisplayName,
            span.StatusDescription,
            span.TraceStateString,
            .. span.TagObjects.Select(Written),
            .. span.Events.SelectMany(one => one.Tags.Select(Written).Prepend(one.Name)),
            .. span.Baggage.Select(static pair => $"{pair.Key}={pair.Value}")])))
        + string.Join("\n", Metrics.SelectMany(metric => metric.MetricPoints.SelectMany(Pairs).Select(Written)));

    public void Dispose()
    {
        _traces?.Dispose();
        _meters?.Dispose();
    }

    private static string Written(KeyValuePair<string, object?> tag)
        => $"{tag.Key}={(tag.Value is IEnumerable<string> texts ? string.Join("|", texts) : tag.Value)}";

    private static IEnumerable<KeyValuePair<string, object?>> Pairs(MetricPoint point)
    {
        var pairs = new List<KeyValuePair<string, object?>>();
        foreach (var pair in point.Tags)
        {
            pairs.Add(pair);
        }

        return pairs;
    }
}
