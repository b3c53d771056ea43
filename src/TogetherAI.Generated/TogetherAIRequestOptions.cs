using System.Diagnostics;
using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>What differs for one call. Everything left unset stays as the client's <see cref="TogetherAIOptions"/> say.</summary>
public sealed class TogetherAIRequestOptions : ICallOptions
{
    /// <summary>The API key of this call.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ApiKey { get; set; }

    /// <summary>The exact address of a compatible endpoint. It is used as it is; nothing is appended.</summary>
    public Uri? ApiUrl { get; set; }

    /// <summary>The HTTP stack of this call. It stays the caller's to dispose.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>Headers of this call. They replace the client's headers of the same name, <c>Authorization</c> included.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>See <see cref="TogetherAIOptions.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>See <see cref="TogetherAIOptions.StreamIdleTimeout"/>.</summary>
    public TimeSpan? StreamIdleTimeout { get; set; }

    /// <summary>See <see cref="TogetherAIOptions.MaxRetries"/>.</summary>
    public int? MaxRetries { get; set; }

    /// <summary>See <see cref="TogetherAIOptions.MaxResponseBytes"/>.</summary>
    public int? MaxResponseBytes { get; set; }

    /// <summary>See <see cref="TogetherAIOptions.AllowNonEventStreams"/>.</summary>
    public bool? AllowNonEventStreams { get; set; }

    /// <summary>
    /// Called once for a call that succeeds, as soon as the response headers are there: before the first byte of a
    /// stream, before a whole response is read. An exception that it throws ends the call.
    /// </summary>
    public Action<TogetherAIResponseInfo>? ResponseReceived { get; set; }

    void ICallOptions.OnResponse(ApiResponse response) => ResponseReceived?.Invoke(TogetherAIResponseInfo.Read(response));
}
