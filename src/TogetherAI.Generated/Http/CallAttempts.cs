namespace TogetherAI;

/// <summary>Sends one call, as often as the retry policy asks for, each time as a fresh request with the same bytes.</summary>
internal sealed class CallAttempts
{
    private readonly ApiCall _call;
    private readonly CallSettings _settings;
    private readonly CallClock _clock;
    private readonly bool _streaming;
    private readonly ArraySegment<byte>? _body;

    public CallAttempts(ApiCall call, CallSettings settings, CallClock clock, bool streaming)
    {
        _call = call;
        _settings = settings;
        _clock = clock;
        _streaming = streaming;
        _body = call.Request is { } request ? TogetherAIJson.Serialize(ForWire(request, streaming)) : (ArraySegment<byte>?)null;
    }

    /// <summary>How often the request has been sent.</summary>
    public int Count { get; private set; }

    public int MaxRetries => _settings.MaxRetries;

    public bool CanSendAgain => true;

    public TimeSpan TimeLeft => _clock.TimeLeft;

    public HttpClient HttpClient => _settings.HttpClient;

    public async ValueTask<HttpResponseMessage> SendOnceAsync(CancellationToken cancellationToken)
    {
        // Not disposed: an HTTP stack may still be sending the body when an early response arrives.
        var request = new HttpRequestMessage(_call.Operation.Method, _settings.Url) { Content = CreateContent() };
        RequestHeaders.Apply(request, _settings, _streaming);
        _call.Hooks.PrepareRequest(HttpClient, request, _settings.Url.AbsoluteUri);

        Count++;
        var response = await HttpClient
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        _call.Hooks.ProcessResponse(HttpClient, response);
        return response;
    }

    private static object ForWire(object request, bool streaming)
        => request is IStreamable streamable ? streamable.ForWire(streaming) : request;

    private ByteArrayContent? CreateContent()
    {
        if (_body is not { } body)
        {
            return null;
        }

        var content = new ByteArrayContent(body.Array!, body.Offset, body.Count);
        content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        return content;
    }
}
