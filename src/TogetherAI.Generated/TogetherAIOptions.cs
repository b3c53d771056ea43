using System.Diagnostics;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>Settings of a client. They are read once, when the client is created.</summary>
public sealed class TogetherAIOptions : IClientOptions
{
    /// <summary>
    /// The API key, sent as <c>Authorization: Bearer</c>. Default: the environment variable
    /// <c>TOGETHER_API_KEY</c>, unless the <see cref="HttpClient"/> has an authorization of its own; white space around the
    /// variable is ignored.
    /// </summary>
    /// <remarks>
    /// Without a key, calls to Together's own host fail at once; to any other address they go without an
    /// <c>Authorization</c> header.
    /// </remarks>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ApiKey { get; set; }

    /// <summary>
    /// Gets or sets what provides the API key, for keys that change while the client lives; it is asked before each attempt.
    /// Default: null. It cannot be set beside <see cref="ApiKey"/>.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Func<CancellationToken, ValueTask<string>>? ApiKeyProvider { get; set; }

    /// <summary>
    /// Gets or sets the root of the API, to which the paths of the operations are appended. It may end in a version, such as
    /// <c>/v1</c>, which a path that begins with one then does not repeat, and have a query, which is sent with every call.
    /// Default: null, which takes the base address of the <see cref="HttpClient"/> that the client was given, then the
    /// environment variable <c>TOGETHER_BASE_URL</c>, then the server that the API names for each operation.
    /// </summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Headers of every request. They replace the client's own of the same name.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Longest wait of a call, retries included: for a whole response until its last byte, for a stream until the
    /// response headers. Default: 5 minutes. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Longest silence inside a stream, before the first event too. Every byte counts as activity, comments included; time
    /// that the caller takes between events does not count. Default: 2 minutes.
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </summary>
    public TimeSpan StreamIdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Gets or sets the longest time from the response headers of a stream to its first event, whatever comments come
    /// meanwhile; for the methods that stream bytes, the longest wait for the first byte. Default: null, which applies
    /// <see cref="StreamIdleTimeout"/> there, too. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </summary>
    public TimeSpan? FirstEventTimeout { get; set; }

    /// <summary>
    /// How often a request is retried after a connection failure or a status that invites a retry (408, 409,
    /// 429, 500, 502, 503, 504, 520 to 529). Default: 2; 0 switches retries off.
    /// </summary>
    /// <remarks>
    /// A request that starts something, such as a video, is retried only where the server surely has not acted on it:
    /// without a connection, or after 429 or 503. An error that stays, such as <c>model_not_available</c>, is not retried.
    /// </remarks>
    public int MaxRetries { get; set; } = 2;

    /// <summary>
    /// Largest event of a stream in bytes; a larger one is an error, and so is one that has more than one JSON token for
    /// every 32 bytes of this limit. Default: 16 MiB.
    /// </summary>
    public int MaxEventBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Largest whole response in bytes, after decompression; a larger one is a
    /// <see cref="TogetherAIResponseTooLargeException"/>. Default: 64 MiB, which is more than five million numbers of
    /// embeddings. A response takes a few times as much memory while it is read. Streams and files are not limited, since
    /// they are not kept.
    /// </summary>
    /// <remarks>
    /// A response is also too large if it has more than one JSON value for every 64 bytes of this limit; numbers and texts
    /// in fields that the document knows do not count.
    /// </remarks>
    public int MaxResponseBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// How many bytes are read of a response that reports a failure, after decompression; what follows them is not waited
    /// for. Default: 64 KiB.
    /// </summary>
    public int MaxErrorResponseBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// Whether the methods that stream bytes give out every successful response, instead of failing with a
    /// <see cref="TogetherAIStreamException"/> where it is no event stream but, for example, a page or a message about an
    /// error. Default: false.
    /// </summary>
    public bool AllowNonEventStreams { get; set; }

    /// <summary>
    /// Whether a stream may end without saying that it is complete. Default: false; such a stream ends with a
    /// <see cref="TogetherAIStreamException"/> after its last event.
    /// </summary>
    public bool AllowUnterminatedStreams { get; set; }

    /// <summary>
    /// Whether a key may be sent over plain HTTP to another host than this machine. Default: false; such a call fails
    /// before anything is sent.
    /// </summary>
    public bool AllowInsecureHttp { get; set; }

    /// <summary>Source of time for timeouts and waits between retries. Default: the system's clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    ServiceProfile IClientOptions.Profile => TogetherAIProfile.Instance;
}
