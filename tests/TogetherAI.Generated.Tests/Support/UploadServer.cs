using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TogetherAI.Tests.Support;

/// <summary>A server that keeps the bodies that it is sent, and answers with the statuses that it is given.</summary>
internal sealed class UploadServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Queue<int> _statuses;
    private readonly Action<int>? _received;

    private UploadServer(IEnumerable<int> statuses, Action<int>? received = null)
    {
        _received = received;
        _statuses = new Queue<int>(statuses);
        _app = LoopbackApp.Create();
        _app.Run(AnswerAsync);
    }

    public List<string> Bodies { get; } = [];

    public List<string> ContentTypes { get; } = [];

    /// <summary>The parts of the last body, as the server's own parser reads them: names with texts, files as name, file name, type and text.</summary>
    public List<string> Parts { get; } = [];

    public TogetherAIOptions Options { get; private set; } = null!;

    public TogetherAIAudioClient Client { get; private set; } = null!;

    public static Task<UploadServer> StartAsync(params int[] statuses) => StartAsync(new UploadServer(statuses));

    /// <summary>A server that keeps nothing, but tells how many bytes came whenever some have come.</summary>
    public static Task<UploadServer> StartReceivingAsync(Action<int> received) => StartAsync(new UploadServer([], received));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task<UploadServer> StartAsync(UploadServer server)
    {
        await server._app.StartAsync();
        server.Options = new TogetherAIOptions { BaseUrl = new Uri(server._app.Urls.Single()), ApiKey = "test-key", MaxRetries = 1 };
        server.Client = new TogetherAIAudioClient(server.Options);
        return server;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (_received is null)
        {
            await KeepAsync(context);
        }
        else
        {
            var buffer = new byte[64 * 1024];
            while (await context.Request.Body.ReadAsync(buffer) is var count and > 0)
            {
                _received(count);
            }
        }

        context.Response.StatusCode = _statuses.TryDequeue(out var status) ? status : 200;
        await context.Response.WriteAsJsonAsync(new { text = "Hello." });
    }

    private async Task KeepAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        using var body = new StreamReader(context.Request.Body, leaveOpen: true);
        Bodies.Add(await body.ReadToEndAsync());
        ContentTypes.Add(context.Request.ContentType!);
        context.Request.Body.Position = 0;
        Parts.Clear();
        var form = await context.Request.ReadFormAsync();
        Parts.AddRange(form.SelectMany(field => field.Value.Select(value => $"{field.Key}={value}")));
        foreach (var file in form.Files)
        {
            using var content = new StreamReader(file.OpenReadStream());
            Parts.Add($"{file.Name}={file.FileName};{file.ContentType};{await content.ReadToEndAsync()}");
        }
    }
}
