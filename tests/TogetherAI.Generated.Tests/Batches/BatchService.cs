using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Batches;

/// <summary>A server that takes a file, creates the batch b-1 of it, and has the results that it was given.</summary>
internal sealed class BatchService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Queue<string> _states;

    private BatchService(string[] states)
    {
        _states = new Queue<string>(states);
        _app = LoopbackApp.Create();
        _app.MapPost("/v1/files", context =>
        {
            Calls.Enqueue("POST /v1/files");
            (context.Response.StatusCode, context.Response.Headers.Location) = (302, "/storage/file-1");
            context.Response.Headers["X-Together-File-Id"] = "file-1";
            return Task.CompletedTask;
        });
        _app.MapPut("/storage/file-1", async context => Uploaded = await ReadAsync(context));
        _app.MapGet("/v1/files/file-1", () => Results.Text("""{"id":"file-1"}""", "application/json"));
        _app.MapGet("/v1/files/{id}/content", Content);
        _app.MapPost("/v1/batches", async context =>
        {
            Calls.Enqueue("POST /v1/batches " + await ReadAsync(context));
            context.Response.StatusCode = 201;
            await context.Response.WriteAsync("""{"job":{"id":"b-1","status":"VALIDATING"}}""");
        });
        _app.MapGet("/v1/batches/b-1", () =>
        {
            Calls.Enqueue("GET /v1/batches/b-1");
            return Results.Text($$"""{"id":"b-1",{{(_states.Count > 1 ? _states.Dequeue() : _states.Peek())}}}""", "application/json");
        });
    }

    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>The content of the file that was uploaded.</summary>
    public string Uploaded { get; private set; } = "";

    /// <summary>The contents of the other files.</summary>
    public Dictionary<string, string> Files { get; } = [];

    public TogetherAIClient Client { get; private set; } = null!;

    public static async Task<BatchService> StartAsync(params string[] states)
    {
        var service = new BatchService(states);
        await service._app.StartAsync();
        service.Client = new TogetherAIClient(Clients.Options(new Uri(service._app.Urls.Single()), options => options.TimeProvider = new InstantTime()));
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task<string> ReadAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body, Encoding.UTF8);
        return await body.ReadToEndAsync();
    }

    private IResult Content(string id)
    {
        Calls.Enqueue($"GET {id}");
        return Results.Text(Files[id], "text/plain", Encoding.UTF8);
    }
}
