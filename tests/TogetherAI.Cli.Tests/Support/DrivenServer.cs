using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TogetherAI.Cli.Tests.Support;

/// <summary>A server whose response a test sends piece by piece.</summary>
internal sealed class DrivenServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Channel<string> _pieces = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource<ReceivedRequest> _request = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DrivenServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    public const string Done = "data: [DONE]\n\n";

    /// <summary>The exact address of its endpoint.</summary>
    public string Url => _application.Urls.Single() + "/any/path";

    public int StatusCode { get; init; } = 200;

    public string ContentType { get; init; } = "text/event-stream";

    /// <summary>The request, once it has come.</summary>
    public Task<ReceivedRequest> Request => _request.Task;

    /// <summary>Ends when the client has closed the connection before the end of the response.</summary>
    public Task Disconnected => _disconnected.Task;

    public static string Token(string text, bool special = false)
    {
        var json = JsonValue.Create(text).ToJsonString();
        var flag = special ? "true" : "false";
        return $"data: {{\"choices\":[{{\"text\":{json}}}],\"id\":\"r-1\",\"token\":{{\"id\":7,\"text\":{json},\"logprob\":-0.5,\"special\":{flag}}}}}\n\n";
    }

    private async Task<DrivenServer> StartAsync(CancellationToken cancellationToken)
    {
        await _application.StartAsync(cancellationToken);
        return this;
    }

    public static Task<DrivenServer> ListenAsync(CancellationToken cancellationToken) => new DrivenServer().StartAsync(cancellationToken);

    public static Task<DrivenServer> ListenAsync(int statusCode, string contentType, CancellationToken cancellationToken)
        => new DrivenServer { StatusCode = statusCode, ContentType = contentType }.StartAsync(cancellationToken);

    public void Send(params string[] pieces)
    {
        foreach (var piece in pieces)
        {
            _pieces.Writer.TryWrite(piece);
        }
    }

    /// <summary>Ends the response.</summary>
    public void End() => _pieces.Writer.TryComplete();

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        _request.TrySetResult(new ReceivedRequest(
            context.Request.Path,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body));
        using var aborted = context.RequestAborted.Register(_disconnected.SetResult);

        context.Response.StatusCode = StatusCode;
        context.Response.ContentType = ContentType;
        context.Response.Headers["x-request-id"] = "r-1";
        await foreach (var piece in _pieces.Reader.ReadAllAsync(context.RequestAborted))
        {
            await context.Response.WriteAsync(piece, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
