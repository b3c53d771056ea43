using System.Diagnostics;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>Options of a client. They are read once, when the client is created.</summary>
public sealed class TogetherAIOptions : IClientOptions
{
    /// <summary>
    /// Gets or sets the API key, sent as <c>Authorization: Bearer</c>. Default: the environment variable
    /// <c>TOGETHER_API_KEY</c>, with surrounding white space removed, unless the <see cref="HttpClient"/> has its own
    /// authorization.
    /// </summary>
    /// <remarks>
    /// Without a key, calls to Together's own hosts fail immediately; calls to any other host are sent without an
    /// <c>Authorization</c> header.
    /// </remarks>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ApiKey { get; set; }

    /// <summary>
    /// Gets or sets a function that provides the API key, for keys that change; it is called before each attempt. Default:
    /// null. It cannot be combined with <see cref="ApiKey"/>.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Func<CancellationToken, ValueTask<string>>? ApiKeyProvider { get; set; }

    /// <summary>
    /// Gets or sets the base URL of the API, to which the paths of the operations are appended. It may end with a version, such
    /// as <c>/v1</c>, which is then not repeated by paths that begin with one, and may have a query, which is sent with every
    /// call. Default: null, which means the base address of the supplied <see cref="HttpClient"/>, otherwise the environment
    /// variable <c>TOGETHER_BASE_URL</c>, otherwise the default server of each operation.
    /// </summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Gets the headers of every request. They replace the client's headers of the same name.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Gets or sets the timeout of a call, including retries: until the last byte of a whole response, or the response
    /// headers of a stream. Default: 5 minutes. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> disables it.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gets or sets the maximum time without data in a stream, also before the first event. Every byte restarts it, including
    /// comments; time that the caller takes between events does not count. Default: 2 minutes.
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> disables it.
    /// </summary>
    public TimeSpan StreamIdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Gets or sets the maximum time from the response headers of a stream to its first event, regardless of comments; for the
    /// methods that stream bytes, to the first byte. Default: null, which means that only <see cref="StreamIdleTimeout"/>
    /// applies. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> disables it.
    /// </summary>
    public TimeSpan? FirstEventTimeout { get; set; }

    /// <summary>
    /// Gets or sets the maximum number of retries after a connection failure or a transient status code (408, 409, 429, 500,
    /// 502, 503, 504, 520 to 529). Default: 2; 0 disables retries.
    /// </summary>
    /// <remarks>
    /// A request that is not idempotent, such as one that creates a video, is retried only if the server cannot have acted on
    /// it: without a connection, or after 429 or 503. A permanent error, such as <c>model_not_available</c>, is not retried.
    /// </remarks>
    public int MaxRetries { get; set; } = 2;

    /// <summary>
    /// Gets or sets the maximum size of a stream event, in bytes. An event with more than one JSON token per 32 bytes of this
    /// limit is also too large. Default: 16 MiB.
    /// </summary>
    public int MaxEventBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Gets or sets the maximum size of a whole response, in bytes after decompression; a larger one throws a
    /// <see cref="TogetherAIResponseTooLargeException"/>. Default: 64 MiB, enough for more than five million embedding values.
    /// Reading a response uses a few times as much memory. Streams and files are not limited, because they are not buffered.
    /// </summary>
    /// <remarks>
    /// A response is also too large if it has more than one JSON value per 64 bytes of this limit, not counting numbers and
    /// strings in known fields.
    /// </remarks>
    public int MaxResponseBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Gets or sets the maximum number of bytes that are read of an error response, after decompression; the rest is ignored.
    /// Default: 64 KiB.
    /// </summary>
    public int MaxErrorResponseBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// Gets or sets whether the methods that stream bytes return any successful response, instead of throwing a
    /// <see cref="TogetherAIStreamException"/> if it is not an event stream but, for example, an HTML page or an error
    /// message. Default: false.
    /// </summary>
    public bool AllowNonEventStreams { get; set; }

    /// <summary>
    /// Gets or sets whether a stream may end without an indication that it is complete. Default: false, which means that a
    /// <see cref="TogetherAIStreamException"/> is thrown after the last event.
    /// </summary>
    public bool AllowUnterminatedStreams { get; set; }

    /// <summary>
    /// Gets or sets whether an API key may be sent over plain HTTP to a host other than this machine. Default: false, which
    /// means that such a call fails before anything is sent.
    /// </summary>
    public bool AllowInsecureHttp { get; set; }

    /// <summary>Gets or sets the time provider for timeouts and retry delays. Default: the system clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets a callback for every call of the client; see <see cref="TogetherAIRequestOptions.Sending"/>.</summary>
    /// <remarks>The callbacks of the client are called before those of the call, and for every call but WebSockets.</remarks>
    public Action<TogetherAIRequestInfo>? Sending { get; set; }

    /// <summary>Gets or sets a callback for every call of the client; see <see cref="TogetherAIRequestOptions.ResponseReceived"/>.</summary>
    public Action<TogetherAIResponseInfo>? ResponseReceived { get; set; }

    /// <summary>Gets or sets a callback for every call of the client; see <see cref="TogetherAIRequestOptions.Retrying"/>.</summary>
    public Action<TogetherAIRetryInfo>? Retrying { get; set; }

    /// <summary>Gets or sets a callback for every call of the client; see <see cref="TogetherAIRequestOptions.Completed"/>.</summary>
    public Action<TogetherAICallSummary>? Completed { get; set; }

    ServiceProfile IClientOptions.GetProfile() => TogetherAIProfile.Instance;

    ICallListener? IClientOptions.CreateListener() => TogetherAICallListener.Of(this);

    /// <summary>
    /// Checks the options, including whether there is an API key where one is required, without sending anything: what would
    /// otherwise fail when the client is created or first used.
    /// </summary>
    /// <param name="httpClient">The <see cref="HttpClient"/> that the client will use; null for its own.</param>
    /// <returns>A sentence for each error, without secrets; empty if the options are valid.</returns>
    public IReadOnlyList<string> GetValidationErrors(HttpClient? httpClient = null)
    {
        using var own = httpClient is null ? new HttpClient() : null;
        return OptionsCheck.FaultsOf(this, httpClient ?? own!, TogetherAIClient.KnownOperations);
    }
}
