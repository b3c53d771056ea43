using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>
/// A response of which only the headers have been read, and how it came about. It owns all that the call holds: the
/// message, its body, its connection and the clock.
/// </summary>
internal sealed class ApiResponse : IDisposable
{
    private readonly HttpRequestMessage? _request;
    private Stream? _body;

    public ApiResponse(HttpResponseMessage message, CallSettings settings, CallClock clock, CallAttempts attempts, CallRecord? record)
    {
        Record = record;
        _request = attempts.Request;
        Message = message;
        Settings = settings;
        Clock = clock;
        Method = attempts.Method;
        Attempts = attempts.Count;
        Connection = new ConnectionGuard(message, clock);
    }

    public HttpResponseMessage Message { get; }

    public CallSettings Settings { get; }

    public CallClock Clock { get; }

    public ConnectionGuard Connection { get; }

    public HttpMethod Method { get; }

    public int Attempts { get; }

    /// <summary>What is noted of the call; null where nobody asks.</summary>
    public CallRecord? Record { get; }

    /// <summary>The secrets of the call.</summary>
    public Secrets Secrets => new(Settings, _request, Message.RequestMessage);

    /// <summary>The address as others may see it.</summary>
    public string PublicUrl => Secrets.HideIn(Settings.Url);

    public string? MediaType => Message.Content?.Headers.ContentType?.MediaType;

    /// <summary>Whether its type is that of problem details (RFC 9457), which is an error whatever the status.</summary>
    public bool IsProblem => string.Equals(MediaType, "application/problem+json", StringComparison.OrdinalIgnoreCase);

    public FailureDetails Details(ServerError? error = null, ErrorBody? body = null)
        => FailureDetails.From(Message, Settings.Client.Profile, Secrets, Settings.Client.TimeProvider.GetUtcNow(), Attempts, error, body);

    /// <summary>Opens the body, with its content codings undone. It is closed with the response.</summary>
    public async Task<Stream> OpenBodyAsync()
        => _body = await ResponseBody.OpenAsync(Message, Clock.Token).ConfigureAwait(false);

    /// <summary>Closes the response, and its connection unless the body has been read to its end.</summary>
    public void Dispose()
    {
        Connection.Close();
        if (_body is { } body)
        {
            ResponseBody.CloseQuietly(body);
        }

        Clock.Dispose();
        Record?.End();
    }
}
