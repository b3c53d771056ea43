namespace TogetherAI.Runtime.Telemetry;

/// <summary>Where telemetry finds what it tells of a service's requests and responses, and under which names it tells it.</summary>
internal sealed class ServiceTelemetry
{
    private byte[][][]? _responsePaths;

    /// <param name="sourceName">The name of the <c>ActivitySource</c> and the <c>Meter</c>.</param>
    /// <param name="provider">The name of the provider; null for that of the source.</param>
    public ServiceTelemetry(string sourceName, string? provider = null)
    {
        SourceName = sourceName;
        Provider = provider ?? sourceName;
#if NET8_0_OR_GREATER
        _instruments = new(() => new TelemetryInstruments(this));
#endif
    }

    public string SourceName { get; }

    public string Provider { get; }

    public IReadOnlyList<RequestAttribute> RequestAttributes { get; init; } = [];

    /// <summary>Where a response or chunk may tell its usage, as names of fields. In these ways <c>*</c> is every item of an array.</summary>
    public byte[][][] UsagePaths { get; init; } = [];

    /// <summary>The same for its id.</summary>
    public byte[][][] IdPaths { get; init; } = [];

    /// <summary>The same for the model that made it.</summary>
    public byte[][][] ModelPaths { get; init; } = [];

    /// <summary>Where a whole response tells why generation ended, for each of its results.</summary>
    public byte[][][] FinishReasonPaths { get; init; } = [];

    /// <summary>All of them: usage, id, model, finish reason.</summary>
    public byte[][][] ResponsePaths => _responsePaths ??= [.. UsagePaths, .. IdPaths, .. ModelPaths, .. FinishReasonPaths];

    /// <summary>Reads the counts of a call's usage, which is given as JSON, in the order of the places where it was found.</summary>
    public Func<IEnumerable<byte[]>, TokenCounts> CountTokens { get; init; } = static _ => default;
#if NET8_0_OR_GREATER

    private readonly Lazy<TelemetryInstruments> _instruments;

    public TelemetryInstruments Instruments => _instruments.Value;
#endif
}
