using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TogetherAI.LocalServer.Endpoints;
using TogetherAI.LocalServer.Endpoints.Audio;
using TogetherAI.LocalServer.Endpoints.Batches;
using TogetherAI.LocalServer.Endpoints.Chat;
using TogetherAI.LocalServer.Endpoints.CodeInterpreter;
using TogetherAI.LocalServer.Endpoints.Completions;
using TogetherAI.LocalServer.Endpoints.Evaluations;
using TogetherAI.LocalServer.Endpoints.Files;
using TogetherAI.LocalServer.Endpoints.FineTuning;
using TogetherAI.LocalServer.Endpoints.Messages;
using TogetherAI.LocalServer.Endpoints.Queue;
using TogetherAI.LocalServer.Endpoints.Realtime;
using TogetherAI.LocalServer.Endpoints.Responses;
using TogetherAI.LocalServer.Faults;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer;

/// <summary>
/// A server inside the process that speaks Together's HTTP interface on the loopback address. It is a mock server, not a
/// model: what it writes is composed from the prompt, the same for the same request, and says so.
/// </summary>
/// <remarks>It reads no configuration and no environment, writes no log, and leaves the process's signals alone.</remarks>
public sealed class TogetherAILocalServer : IAsyncDisposable
{
    // Streams end at once; this is for requests that are still being sent.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly WebApplication _application;
    private readonly StreamSlots _slots;
    private readonly BatchShelf _batches;

    private TogetherAILocalServer(WebApplication application, StreamSlots slots, BatchShelf batches)
    {
        _application = application;
        _slots = slots;
        _batches = batches;
        Url = AddressOf(application);
    }

    /// <summary>Root of the server's addresses, such as <c>http://127.0.0.1:41234/</c>.</summary>
    public Uri Url { get; }

    /// <summary>Streams that are open at the moment.</summary>
    public int ActiveStreams => _slots.InUse;

    /// <summary>Starts a server, which runs until it is disposed.</summary>
    /// <param name="options">Settings, read once; null takes the defaults.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The server, ready for requests.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of bounds.</exception>
    /// <exception cref="ArgumentException">A model has no name.</exception>
    /// <exception cref="IOException">The port is taken or may not be used.</exception>
    public static async Task<TogetherAILocalServer> StartAsync(
        TogetherAILocalServerOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new TogetherAILocalServerOptions();
        RequireValid(options);
        var slots = new StreamSlots(options.MaxConcurrentStreams);
        var (application, batches) = Build(options, slots);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
            batches.Load();
            return new TogetherAILocalServer(application, slots, batches);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops listening and closes every connection, open streams included.</summary>
    /// <returns>A task that ends when the port is free again.</returns>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _batches.DisposeAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static Uri AddressOf(WebApplication application)
        => new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private static (WebApplication Application, BatchShelf Batches) Build(TogetherAILocalServerOptions options, StreamSlots slots)
    {
        // The empty builder reads neither the environment nor appsettings.json of whoever embeds the server.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        var application = builder.Build();
        application.Use(ErrorResponses.InvokeAsync);
        application.Use(HostCheck.InvokeAsync);
        application.Use(new RequestLimit(options.MaxRequestBytes).InvokeAsync);
        if (options.ApiKey is { } key)
        {
            application.Use(new KeyCheck(key).InvokeAsync);
        }

        if (options.Faults is { } faults)
        {
            application.Use(new FaultInjection(faults, options.TimeProvider).InvokeAsync);
        }

        application.UseWebSockets();
        return (application, MapEndpoints(application, options, slots));
    }

    private static BatchShelf MapEndpoints(WebApplication application, TogetherAILocalServerOptions options, StreamSlots slots)
    {
        var models = new ModelCatalog(options.Models);
        var pace = new TokenPace(options.TokensPerSecond, options.TimeProvider);
        var stopping = application.Lifetime.ApplicationStopping;
        var streams = new EventStreams(pace, slots, stopping);
        new InferenceEndpoint(models, pace, slots, stopping).Map(application);
        new ChatEndpoint(models, streams).Map(application);
        new MessagesEndpoint(models, streams).Map(application);
        new ResponsesEndpoint(models, streams).Map(application);
        new CompletionEndpoint(models, streams).Map(application);
        new EmbeddingsEndpoint(models).Map(application);
        new RerankEndpoint(models).Map(application);
        new ModelsEndpoint(models, options.TimeProvider).Map(application);
        AccountEndpoint.Map(application);
        new CodeInterpreterEndpoint(options.TimeProvider).Map(application);
        new EndpointsEndpoint(models).Map(application);
        new QueueEndpoint(models, options.TimeProvider).Map(application);
        new ImagesEndpoint(models).Map(application);
        new SpeechEndpoint(models, streams).Map(application);
        new TranscriptionEndpoint(models).Map(application);
        VoicesEndpoint.Map(application);
        new RealtimeEndpoint(models, stopping).Map(application);
        new VideosEndpoint(models, streams).Map(application);
        var files = new FileShelf(options.DataFolder, options.TimeProvider);
        new FilesEndpoint(files).Map(application);
        new EvaluationsEndpoint(files, options.TimeProvider).Map(application);
        new FineTuningEndpoint(new TrainingShelf(options.DataFolder, options.TimeProvider), files, models).Map(application);
        var endpoints = new OwnEndpoints(() => AddressOf(application), options.ApiKey);
        var batches = new BatchShelf(options.DataFolder, files, new BatchSender(endpoints, options.BatchRequestInterval, options.TimeProvider), options.TimeProvider, stopping);
        new BatchesEndpoint(batches, files).Map(application);
        return batches;
    }

    private static void Listen(KestrelServerOptions kestrel, TogetherAILocalServerOptions options)
    {
        kestrel.AddServerHeader = false;
        // Clients that read slowly, or not at all for a while, are something that people test.
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Listen(IPAddress.Loopback, options.Port);
    }

    private static void RequireValid(TogetherAILocalServerOptions options)
    {
        if (options.Models?.Any(string.IsNullOrWhiteSpace) == true)
        {
            throw new ArgumentException("One of Models has no name.", nameof(options));
        }

        options.Faults?.RequireValid();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Port, IPEndPoint.MinPort);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Port, IPEndPoint.MaxPort);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRequestBytes, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrentStreams, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TokensPerSecond, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchRequestInterval, TimeSpan.Zero);
        if (double.IsNaN(options.TokensPerSecond))
        {
            throw new ArgumentOutOfRangeException(nameof(options), "TokensPerSecond is not a number.");
        }
    }
}
