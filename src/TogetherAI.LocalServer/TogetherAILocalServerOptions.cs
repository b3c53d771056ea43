namespace TogetherAI.LocalServer;

/// <summary>Settings of a <see cref="TogetherAILocalServer"/>. They are read once, when it starts.</summary>
public sealed class TogetherAILocalServerOptions
{
    /// <summary>The model that no server has unless <see cref="Models"/> names it: for trying what a program does then.</summary>
    public const string MissingModel = "no/such-model";

    /// <summary>The TCP port on the loopback address. Default: 0, any free one.</summary>
    public int Port { get; set; }

    /// <summary>The only key that is let in. Default: null, any key and none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Names of the models that there are: <c>GET /v1/models</c> lists them, and a request for any other is refused with
    /// 404 and the code <c>model_not_available</c>. Names are compared as they are, upper and lower case included. Default:
    /// null, any model but <see cref="MissingModel"/>.
    /// </summary>
    public IReadOnlyCollection<string>? Models { get; set; }

    /// <summary>
    /// Pace of a stream, for each choice. Default: 40. 0 and <see cref="double.PositiveInfinity"/> send as fast as the
    /// client reads.
    /// </summary>
    public double TokensPerSecond { get; set; } = 40;

    /// <summary>
    /// Largest request body in bytes; a larger one is refused with 413. Default: 80 MB, the largest audio that
    /// Together takes.
    /// </summary>
    public long MaxRequestBytes { get; set; } = 80_000_000;

    /// <summary>Streams that may be open at once; one more is refused with 503. Default: 10,000.</summary>
    public int MaxConcurrentStreams { get; set; } = 10_000;

    /// <summary>
    /// Gets or sets the time between two requests of a batch, for testing how a program waits for, cancels or resumes one.
    /// Default: zero; several requests are processed at once, as fast as possible.
    /// </summary>
    public TimeSpan BatchRequestInterval { get; set; }

    /// <summary>Source of time for jobs, for the pace and the timings that a stream reports. Default: the system's clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Folder in which files are kept, and found again by the next server; it is made if there is none. Default: null, which
    /// keeps them in memory until the server is disposed.
    /// </summary>
    public string? DataFolder { get; set; }

    /// <summary>
    /// Faults on purpose, for testing how a program copes with them; empty ones let requests ask for theirs with the header
    /// <c>x-local-fault</c>. Default: null, none, whatever a request asks for.
    /// </summary>
    public TogetherAILocalServerFaults? Faults { get; set; }
}
