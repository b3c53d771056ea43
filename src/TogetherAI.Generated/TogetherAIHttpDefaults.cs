using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>
/// The HTTP configuration of a client that creates its own <see cref="HttpClient"/>, for programs that supply one, such as from
/// a factory.
/// </summary>
public static class TogetherAIHttpDefaults
{
    /// <summary>
    /// Creates a handler as the client does: without redirects and cookies, and with connections that are replaced after some
    /// minutes, so that changes of DNS take effect.
    /// </summary>
    /// <returns>The handler, which the caller disposes.</returns>
    public static HttpMessageHandler CreateHandler() => DefaultHttpClient.CreateHandler();

    /// <summary>
    /// Applies the client's defaults to an <see cref="HttpClient"/>: an infinite <see cref="HttpClient.Timeout"/>, which would
    /// otherwise cut off long streams, and HTTP/2 where client and server agree on it (not in netstandard2.0).
    /// </summary>
    /// <param name="httpClient">The <see cref="HttpClient"/> to configure.</param>
    public static void Apply(HttpClient httpClient) => DefaultHttpClient.Apply(httpClient ?? throw new ArgumentNullException(nameof(httpClient)));
}
