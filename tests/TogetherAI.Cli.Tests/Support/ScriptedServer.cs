using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TogetherAI.Cli.Tests.Support;

/// <summary>A server with a response for each request, in their order; the last one serves all further requests.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Response[] _responses;
    private int _received = -1;

    private ScriptedServer(Response[] responses)
    {
        _responses = responses;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    public ConcurrentQueue<ReceivedRequest> Requests { get; } = [];

    /// <summary>The exact address of its endpoint.</summary>
    public string Url => _application.Urls.Single() + "/any/path";

    public static async Task<ScriptedServer> ListenAsync(CancellationToken cancellationToken, params Response[] responses)
    {
        var server = new ScriptedServer(responses);
        await server._application.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        Requests.Enqueue(new ReceivedRequest(
            context.Request.Path,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body));

        var response = _responses[Math.Min(Interlocked.Increment(ref _received), _responses.Length - 1)];
        context.Response.StatusCode = response.StatusCode;
        context.Response.ContentType = response.ContentType;
        context.Response.Headers["x-request-id"] = response.RequestId;
        await context.Response.WriteAsync(response.Body, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (response.StaysOpen)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
    }

    internal sealed record Response(string Body, string ContentType = "text/event-stream")
    {
        public int StatusCode { get; init; } = 200;

        public string RequestId { get; init; } = "r-1";

        /// <summary>Whether the response never ends.</summary>
        public bool StaysOpen { get; init; }

        public static Response Json(string body) => new(body, "application/json");

        public static Response Chat(string text, bool isWhole = true) => new(
            $"data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"role\":\"assistant\",\"content\":{System.Text.Json.JsonSerializer.Serialize(text)}}}{(isWhole ? ",\"finish_reason\":\"stop\"" : "")}}}]}}\n\n"
            + (isWhole ? DrivenServer.Done : ""));
    }
}
