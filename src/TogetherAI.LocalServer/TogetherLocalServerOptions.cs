namespace TogetherAI.LocalServer;

/// <summary>Settings of a <see cref="TogetherLocalServer"/>. They are read once, when it starts.</summary>
public sealed class TogetherLocalServerOptions
{
    /// <summary>The TCP port on the loopback address. Default: 0, any free one.</summary>
    public int Port { get; set; }

    /// <summary>The only key that is let in. Default: null, any key and none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Pace of a stream, for each choice. Default: 40. 0 and <see cref="double.PositiveInfinity"/> send as fast as the
    /// client reads.
    /// </summary>
    public double TokensPerSecond { get; set; } = 40;

    /// <summary>
    /// Largest request body in bytes; a larger one is answered with 413. Default: 80 MB, the largest recording that
    /// Together takes.
    /// </summary>
    public long MaxRequestBytes { get; set; } = 80_000_000;

    /// <summary>Streams that may be open at once; one more is answered with 503. Default: 10,000.</summary>
    public int MaxConcurrentStreams { get; set; } = 10_000;

    /// <summary>Source of time for the pace and the timings that a stream reports. Default: the system's clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Faults on purpose, for testing how a program copes with them; empty ones let requests ask for theirs with the header
    /// <c>x-local-fault</c>. Default: null, none, whatever a request asks for.
    /// </summary>
    public TogetherLocalServerFaults? Faults { get; set; }
}
