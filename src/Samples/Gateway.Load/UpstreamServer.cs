using System.Text;
using System.Text.Json;

namespace TogetherAI.Samples.Gateway.Load;

/// <summary>A server that streams chats in bursts; the name of the model says how many events a stream has.</summary>
internal static class UpstreamServer
{
    /// <summary>One event, and then silence.</summary>
    public const string Idle = "idle";

    /// <summary>Many more events than anybody reads.</summary>
    public const string Endless = "endless";

    /// <summary><see cref="Events"/> events.</summary>
    public const string Burst = "burst";

    /// <summary>Events of a <see cref="Burst"/>.</summary>
    public const int Events = 400;

    // That arrive together.
    private const int EventsPerWrite = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private static readonly byte[] Piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, EventsPerWrite).Select(static i =>
        $$$"""data: {"id":"oAbCdEf-2kFHot-9a0b1c2d3e4f5678","object":"chat.completion.chunk","created":1780000000,"model":"org/model-70b","choices":[{"index":0,"delta":{"role":"assistant","content":" tok{{{i}}}"},"finish_reason":null,"logprobs":null}],"usage":null}""" + "\n\n")));

    private static readonly byte[] End = Encoding.UTF8.GetBytes(
        """data: {"id":"o","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":400,"total_tokens":401}}""" + "\n\ndata: [DONE]\n\n");

    private static int _active;

    /// <summary>Builds the server.</summary>
    public static WebApplication Build(string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MinResponseDataRate = null);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.Zero);
        var application = builder.Build();
        application.MapGet("/active", static () => Volatile.Read(ref _active));
        application.MapPost("/v1/chat/completions", StreamAsync);
        return application;
    }

    private static async Task StreamAsync(HttpContext context)
    {
        using var request = await JsonDocument.ParseAsync(context.Request.Body);
        var model = request.RootElement.GetProperty("model").GetString();
        var aborted = context.RequestAborted;
        context.Response.ContentType = "text/event-stream";
        Interlocked.Increment(ref _active);
        try
        {
            for (var count = 0; model == Endless || count < Events; count += EventsPerWrite)
            {
                await context.Response.Body.WriteAsync(Piece, aborted);
                if (model == Idle)
                {
                    await Task.Delay(Timeout.Infinite, aborted);
                }

                await Task.Delay(Pause, aborted);
            }

            await context.Response.Body.WriteAsync(End, aborted);
        }
        catch (OperationCanceledException)
        {
            // The reader left, or the server is stopped: the stream must not look whole.
            context.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _active);
        }
    }
}
