using System.Net;
using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>Sends one call, as often as the retry policy asks for, each time as a fresh request with the same bytes.</summary>
internal sealed class CallAttempts : IDisposable
{
#if NET8_0_OR_GREATER
    // In a browser, a response is whole before it can be read, unless this is set. No other HTTP stack looks at it.
    private static readonly HttpRequestOptionsKey<bool> BrowserStreaming = new("WebAssemblyEnableStreamingResponse");

#endif
    // The next attempt waits for no more of an error than comes soon.
    private static readonly TimeSpan LongestPeek = TimeSpan.FromSeconds(2);

    private readonly ApiCall _call;
    private readonly CallSettings _settings;
    private readonly CallClock _clock;
    private readonly bool _streaming;
    private readonly IRequestBody? _body;
    private readonly bool _ownsBody;
    private readonly CallRecord? _record;
    private (HttpResponseMessage Response, ErrorBody Body)? _peeked;

    /// <param name="call">The call.</param>
    /// <param name="settings">What holds for it.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="streaming">Whether it asks for a stream.</param>
    /// <param name="body">Its body where that is sent by other attempts, too; null makes one of its own.</param>
    /// <param name="record">What is noted of the call; null where nobody asks.</param>
    public CallAttempts(ApiCall call, CallSettings settings, CallClock clock, bool streaming, IRequestBody? body, CallRecord? record)
    {
        _record = record;
        _call = call;
        _settings = settings;
        _clock = clock;
        _streaming = streaming;
        _ownsBody = body is null;
        _body = body ?? call.CreateBody(streaming);
    }

    public ApiOperation Operation => _call.Operation;

    public CallSettings Settings => _settings;

    public IRequestBody? Body => _body;

    /// <summary>Whether it asks for a stream.</summary>
    public bool IsStreaming => _streaming;

    /// <summary>How often the request has been sent.</summary>
    public int Count { get; private set; }

    public ServiceProfile Profile => _settings.Client.Profile;

    public int MaxRetries => _settings.MaxRetries;

    /// <summary>See <see cref="ApiCall.IsIdempotent"/>.</summary>
    public bool IsIdempotent => _call.IsIdempotent;

    public bool CanSendAgain => _body is null or { CanSendAgain: true, Failure: null };

    /// <summary>See <see cref="IRequestBody.Failure"/>.</summary>
    public Exception? BodyFailure => _body?.Failure;

    public TimeSpan TimeLeft => _clock.TimeLeft;

    private int MaxErrorBytes => _settings.Client.MaxErrorResponseBytes;

    public HttpClient HttpClient => _settings.HttpClient;

    public HttpMethod Method => _call.Operation.Method;

    /// <summary>The address as others may see it.</summary>
    public string PublicUrl => Secrets.HideIn(_settings.Url);

    /// <summary>The status of the last response; null where none came.</summary>
    public HttpStatusCode? LastStatus { get; private set; }

    /// <summary>The secrets of a call that got no response.</summary>
    public Secrets Secrets => new(_settings, Request);

    /// <summary>The secrets of a call that got one.</summary>
    public Secrets SecretsOf(HttpResponseMessage response) => new(_settings, Request, response.RequestMessage);

    /// <summary>The request of the last attempt; null before the first.</summary>
    public HttpRequestMessage? Request { get; private set; }

    public async ValueTask<HttpResponseMessage> SendOnceAsync(CancellationToken cancellationToken)
    {
        var key = await KeyAsync(cancellationToken).ConfigureAwait(false);

        // Not disposed: an HTTP stack may still be sending the body when an early response arrives.
        var request = new HttpRequestMessage(_call.Operation.Method, _settings.Url) { Content = _body?.CreateContent() };
        Request = request;
        RequestHeaders.Apply(request, _settings, key, _call.Operation.Authentication, _call.Operation.AcceptOf(_streaming), _streaming);
#if NET8_0_OR_GREATER
        // HttpClient gives these to the messages that it makes itself, and to no others.
        request.Version = HttpClient.DefaultRequestVersion;
        request.VersionPolicy = HttpClient.DefaultVersionPolicy;
        if (_streaming)
        {
            request.Options.Set(BrowserStreaming, true);
        }
#endif

        _call.Hooks.PrepareRequest(HttpClient, request, _settings.Url.AbsoluteUri);

        Count++;
        _settings.Client.Listener?.OnSending(this);
        _call.Options?.OnSending(this);
        var response = await HttpClient
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        LastStatus = response.StatusCode;
        try
        {
            _call.Hooks.ProcessResponse(HttpClient, response);
        }
        catch
        {
            ConnectionGuard.Close(response);
            throw;
        }

        return response;
    }

    /// <summary>Tells those who listen that the request is about to be retried.</summary>
    public void OnRetry(TimeSpan wait, Exception? failure)
    {
        _record?.Retrying(this, wait, failure);
        _settings.Client.Listener?.OnRetry(this, wait, failure);
        _call.Options?.OnRetry(this, wait, failure);
    }

    /// <summary>Looks at what a failed attempt says before another is made; null where it says nothing of an error.</summary>
    public async Task<ServerError?> PeekErrorAsync(HttpResponseMessage response)
    {
        using var clock = new CallClock(_settings.Client.TimeProvider, _clock.Token);
        clock.Start(TogetherAITimeoutPhase.ResponseBody, LongestPeek);
        var body = await ResponseBody.ReadBeginningAsync(response, MaxErrorBytes, clock.Token).ConfigureAwait(false);
        _peeked = (response, body);
        return body.Text is { } text ? ServerError.Parse(text, Profile) : null;
    }

    /// <summary>What a failed call says, whether somebody has looked at it or not.</summary>
    public async Task<ErrorBody> ReadExcerptAsync(HttpResponseMessage response)
    {
        if (_peeked is { } peeked && peeked.Response == response)
        {
            _clock.ThrowIfCancelledByCaller();
            return peeked.Body;
        }

        return await ResponseBody.ReadExcerptAsync(response, _clock, MaxErrorBytes).ConfigureAwait(false);
    }

    // Asked for each attempt: the key may have changed, which may be why the last one failed.
    private ValueTask<string?> KeyAsync(CancellationToken cancellationToken)
        => _settings.ApiKeyProvider is { } provider
            ? CallKey.ProvidedAsync(provider, _settings, Secrets, Count, cancellationToken)
            : new ValueTask<string?>(_settings.ApiKey);

    /// <summary>Says that the request will not be retried.</summary>
    public void Dispose()
    {
        if (_ownsBody)
        {
            (_body as IDisposable)?.Dispose();
        }
    }
}
