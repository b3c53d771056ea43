#if !NETSTANDARD_CLIENT
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>The version of HTTP is the HttpClient's to choose. .NET Framework has no such choice.</summary>
[CancelAfter(30_000)]
public sealed class VersionTests
{
    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Version_is_that_of_the_HttpClient(Call call, CancellationToken cancellationToken)
    {
        await using var server = await StartAsync(cancellationToken);
        using var httpClient = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(new Uri(server.Urls.Single())));

        await Assert.ThatAsync(() => client.CompleteAsync(call, cancellationToken: cancellationToken), Throws.Nothing);
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.Streams))]
    public async Task Stream_that_is_left_early_over_http2_is_aborted(Call call, CancellationToken cancellationToken)
    {
        var aborted = new TaskCompletionSource();
        await using var server = await StartAsync(cancellationToken, async context =>
        {
            context.RequestAborted.Register(aborted.SetResult);
            await context.Response.WriteAsync(Frames.Text("a"), CancellationToken.None);
            await aborted.Task;
        });
        using var httpClient = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(new Uri(server.Urls.Single())));

        await client.TakeOneAsync(call, cancellationToken);

        await Assert.ThatAsync(() => aborted.Task.WaitAsync(cancellationToken), Throws.Nothing);
    }

    private static async Task<WebApplication> StartAsync(CancellationToken cancellationToken, RequestDelegate? stream = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var server = builder.Build();
        server.Run(stream ?? AnswerAsync);
        await server.StartAsync(cancellationToken);
        return server;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        var streams = (await body.ReadToEndAsync()).Contains("\"stream_tokens\":true", StringComparison.Ordinal);
        context.Response.ContentType = streams ? "text/event-stream" : "application/json";
        await context.Response.WriteAsync(streams ? Frames.Text("a") + Frames.Done : Answers.RunBody);
    }
}
#endif
