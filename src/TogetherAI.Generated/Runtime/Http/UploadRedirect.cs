using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>
/// Uploads where the service redirects to an address of its storage: the redirect is followed by hand, with nothing of the
/// caller's but the bytes.
/// </summary>
internal static class UploadRedirect
{
    private static readonly ApiOperation Put = new("PUT", "", accept: "*/*");

    /// <summary>Whether a response is a redirect.</summary>
    public static bool IsRedirect(ApiResponse response) => (int)response.Message.StatusCode is 301 or 302 or 303 or 307 or 308;

    /// <summary>Refuses the response to another request than the one that was made.</summary>
    /// <exception cref="InvalidOperationException">The HTTP stack has followed the redirect.</exception>
    public static void RequireOwnResponse(ApiResponse response)
    {
        if (response.Message.RequestMessage?.RequestUri is { } url && url.AbsolutePath != response.Settings.Url.AbsolutePath)
        {
            throw new InvalidOperationException(
                "The HttpClient has followed a redirect, which an upload has to do itself. Give its handler AllowAutoRedirect = false.");
        }
    }

    /// <summary>Asks where a file is to be stored, and sends it there.</summary>
    /// <param name="pipeline">Sends the calls.</param>
    /// <param name="call">The call that is redirected.</param>
    /// <param name="source">The file, whose length is known.</param>
    /// <param name="idHeader">The header of the redirect with the id of the file.</param>
    /// <param name="progress">Is told how many bytes have been sent.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The id of the file.</returns>
    public static async Task<string> UploadAsync(
        this ApiPipeline pipeline, ApiCall call, UploadSource source, string idHeader, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        RequireNoSecretForAll(pipeline.Settings(call, streaming: false).HttpClient);
        string id;
        CallSettings settings;
        using (var response = await pipeline.OpenAsync(call, streaming: false, cancellationToken).ConfigureAwait(false))
        {
            id = response.Message.Headers.TryGetValues(idHeader, out var values) && values.FirstOrDefault() is { Length: > 0 } value
                ? value
                : throw Unusable(response, $"without the header {idHeader}, which names the file");
            settings = response.Settings.WithoutKey(LocationOf(response));
            response.Record?.Complete();
        }

        var clock = pipeline.Clock(call, cancellationToken);
        var body = new UploadBody(source, sent =>
        {
            // As long as bytes go out, the call has not stalled.
            clock.Resume();
            progress?.Report(sent);
        });

        // Hooks of the client may add to a request what only the service may see.
        using var stored = await pipeline.OpenAsync(new ApiCall(Put, NoHooks.Instance, options: null), settings, clock, streaming: false, body).ConfigureAwait(false);
        return id;
    }

    // HttpClient adds these to every request, whoever gets it.
    private static void RequireNoSecretForAll(HttpClient httpClient)
    {
        if (httpClient.DefaultRequestHeaders.FirstOrDefault(header => SecretValues.IsSecretName(header.Key)).Key is { } name)
        {
            throw new InvalidOperationException(
                $"The HttpClient sends its header {name} to every address, and an upload goes to a storage of others. Set the key in the options of the client instead.");
        }
    }

    private static Uri LocationOf(ApiResponse response)
    {
        if (!IsRedirect(response) || response.Message.Headers.Location is not { } location)
        {
            throw Unusable(response, "without an address to send the file to");
        }

        var url = new Uri(response.Settings.Url, location);
        return url.Scheme == "https" || (url.Scheme == "http" && (url.IsLoopback || response.Settings.Client.AllowInsecureHttp))
            ? url
            : throw Unusable(response, $"with an address whose scheme is {url.Scheme}; a file is sent over https only, unless AllowInsecureHttp is set");
    }

    private static TogetherAIInvalidResponseException Unusable(ApiResponse response, string how)
        => new($"{ErrorText.Address(response.Settings.Url)} responded to the upload {how}.", response.Details());

    private sealed class UploadBody(UploadSource source, Action<long> sent) : IRequestBody
    {
        private UploadContent? _content;

        public bool CanSendAgain => source.Obstacle is null;

        public Exception? Failure => _content?.Failure;

        public HttpContent CreateContent()
        {
            _content = new UploadContent(source, sent);
            _content.Headers.ContentType = new("application/octet-stream");
            return _content;
        }
    }
}
