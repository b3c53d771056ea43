using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Files;

/// <summary>A server that takes uploads by a redirect to an address of a storage, and notes what came.</summary>
internal sealed class FileStore : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Queue<int> _statuses;

    private FileStore(int[] statuses)
    {
        _statuses = new Queue<int>(statuses);
        _app = LoopbackApp.Create();
        _app.MapPost("/v1/files", CreateAsync);
        _app.MapPut("/storage/file-1", StoreAsync);
        _app.MapGet("/v1/files/file-1", () => Results.Json(new { id = "file-1", filename = "a.jsonl" }));
        _app.MapGet("/v1/files/file-1/content", (HttpContext context) => context.Response.WriteAsync(Content ?? ""));
    }

    public string? Content { get; set; }

    public string? Location { get; init; }

    /// <summary>Status, method, address, length, key and type of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public TogetherAIClient Client { get; private set; } = null!;

    public static async Task<FileStore> StartAsync(int[]? statuses = null, HttpClient? httpClient = null, string? location = null, Action<TogetherAIOptions>? configure = null)
    {
        var server = new FileStore(statuses ?? []) { Location = location };
        await server._app.StartAsync();
        var options = Clients.Options(new Uri(server._app.Urls.Single()), configure);
        server.Client = httpClient is null ? new TogetherAIClient(options) : new TogetherAIClient(httpClient, options);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private async Task CreateAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        Note(context, await body.ReadToEndAsync());
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = Location ?? "/storage/file-1?X-Signature=secret-signature";
        context.Response.Headers["X-Together-File-Id"] = "file-1";
    }

    private async Task StoreAsync(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy);
        Note(context, Encoding.UTF8.GetString(copy.ToArray()));
        context.Response.StatusCode = _statuses.TryDequeue(out var status) ? status : 200;
    }

    private void Note(HttpContext context, string body)
        => Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.ContentType} {context.Request.ContentLength} {context.Request.Headers.Authorization}{context.Request.Headers["x-extra"]} {body}");
}
