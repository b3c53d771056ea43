namespace TogetherAI.Samples.Gateway;

/// <summary>Settings of the gateway.</summary>
internal sealed class GatewaySettings
{
    /// <summary>The address to listen on; port 0 is any free one.</summary>
    public string Url { get; set; } = "http://127.0.0.1:5080";

    /// <summary>The servers that are called, in this order, until one has sent its first byte.</summary>
    public List<UpstreamSettings> Upstreams { get; } = [];

    /// <summary>The maximum number of requests at once; one more is refused with 503.</summary>
    public int MaxConcurrentRequests { get; set; } = 2_000;

    /// <summary>The maximum number of retries of the last upstream; the next one is the retry of the others.</summary>
    public int MaxRetries { get; set; } = 1;

    /// <summary>The maximum size of a request body.</summary>
    public long MaxRequestBytes { get; set; } = 10_000_000;

    /// <summary>How long streams may go on after the gateway was told to stop.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>A server that the gateway calls.</summary>
internal sealed class UpstreamSettings
{
    /// <summary>Its base address.</summary>
    public Uri Url { get; set; } = new("https://api.together.xyz");

    /// <summary>The API keys, which are used in turn.</summary>
    public List<string> Keys { get; } = [];
}
