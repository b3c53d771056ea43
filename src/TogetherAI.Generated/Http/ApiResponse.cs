namespace TogetherAI;

/// <summary>A response with success, of which only the headers have been read, and how it came about.</summary>
internal sealed class ApiResponse : IDisposable
{
    public ApiResponse(HttpResponseMessage message, CallSettings settings, CallClock clock, int attempts)
    {
        Message = message;
        Settings = settings;
        Clock = clock;
        Attempts = attempts;
    }

    public HttpResponseMessage Message { get; }

    public CallSettings Settings { get; }

    public CallClock Clock { get; }

    public int Attempts { get; }

    public string? MediaType => Message.Content?.Headers.ContentType?.MediaType;

    public FailureDetails Details(ServerError? error = null, string? body = null, bool isBodyTruncated = false)
        => FailureDetails.From(Message, Settings.Client.TimeProvider.GetUtcNow(), Attempts, error, body, isBodyTruncated);

    public void Dispose()
    {
        ResponseBody.Close(Message);
        Clock.Dispose();
    }
}
