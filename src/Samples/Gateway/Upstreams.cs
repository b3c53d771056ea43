namespace TogetherAI.Samples.Gateway;

/// <summary>Calls the upstreams in turn, until one of them has sent its first byte.</summary>
internal sealed class Upstreams(GatewaySettings settings, GatewayMetrics metrics) : IDisposable
{
    private readonly List<TogetherAIClient> _clients = [.. settings.Upstreams.Select(Connect)];

    /// <summary>Makes a call that ends once the first byte is there.</summary>
    /// <param name="call">The call to a server, with options that the gateway sets.</param>
    /// <exception cref="TogetherAIException">The last server failed, or the failure is the caller's.</exception>
    public async Task<T> CallAsync<T>(Func<TogetherAIClient, TogetherAIRequestOptions, Task<T>> call)
    {
        for (var position = 0; ; position++)
        {
            var isLast = position == _clients.Count - 1;
            var options = new TogetherAIRequestOptions { MaxRetries = isLast ? settings.MaxRetries : 0, Completed = metrics.OnCompleted };
            try
            {
                return await call(_clients[position], options);
            }
            catch (TogetherAIException exception) when (!isLast && MayOtherDo(exception))
            {
                metrics.OnFallback();
            }
        }
    }

    /// <summary>Disposes the clients.</summary>
    public void Dispose() => _clients.ForEach(static client => client.Dispose());

    private static TogetherAIClient Connect(UpstreamSettings upstream)
    {
        var count = -1;
        // Asked for each attempt. A real one would read them from a store, and leave out those that have been revoked.
        ValueTask<string> NextKey(CancellationToken cancellationToken)
            => ValueTask.FromResult(upstream.Keys[(int)((uint)Interlocked.Increment(ref count) % upstream.Keys.Count)]);

        var options = new TogetherAIOptions { BaseUrl = upstream.Url, FirstEventTimeout = TimeSpan.FromSeconds(30) };
        if (upstream.Keys.Count > 0)
        {
            options.ApiKeyProvider = NextKey;
        }

        return new TogetherAIClient(options);
    }

    // What is wrong with the request is wrong everywhere; a key, a limit and an outage are of one server.
    private static bool MayOtherDo(TogetherAIException exception)
        => exception.IsTransient || exception is TogetherAIAuthenticationException or TogetherAIBillingException or TogetherAIPermissionException or TogetherAIStreamException;
}
