namespace TogetherAI;

/// <summary>A response with success, of which only the headers have been read, and how it came about.</summary>
internal sealed class ApiResponse : IDisposable
{
    private readonly HttpRequestMessage? _request;

    public ApiResponse(HttpResponseMessage message, CallSettings settings, CallClock clock, CallAttempts attempts)
    {
        _request = attempts.Request;
        Message = message;
        Settings = settings;
        Clock = clock;
        Attempts = attempts.Count;
    }

    public HttpResponseMessage Message { get; }

    public CallSettings Settings { get; }

    public CallClock Clock { get; }

    public int Attempts { get; }

    /// <summary>The secrets of the call.</summary>
    public Secrets Secrets => new(Settings, _request, Message.RequestMessage);

    public string? MediaType => Message.Content?.Headers.ContentType?.MediaType;

    /// <summary>Whether its type is that of problem details (RFC 9457), which is an error whatever the status.</summary>
    public bool IsProblem => string.Equals(MediaType, "application/problem+json", StringComparison.OrdinalIgnoreCase);

    public FailureDetails Details(ServerError? error = null, string? body = null, bool isBodyTruncated = false)
        => FailureDetails.From(Message, Secrets, Settings.Client.TimeProvider.GetUtcNow(), Attempts, error, body, isBodyTruncated);

    public void Dispose()
    {
        ResponseBody.Close(Message);
        Clock.Dispose();
    }
}
