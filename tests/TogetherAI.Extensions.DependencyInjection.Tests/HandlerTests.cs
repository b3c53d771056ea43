using Microsoft.Extensions.Logging;
using Polly;
using TogetherAI.DependencyInjection.Tests.Support;

namespace TogetherAI.DependencyInjection.Tests;

/// <summary>The HTTP stack of a client, which its builder configures.</summary>
[CancelAfter(30_000)]
public sealed class HandlerTests
{
    [Test]
    public void HttpClient_has_no_timeout_of_its_own()
    {
        using var provider = Services.Build(services => services.AddTogetherAI(options => options.ApiKey = Services.Key));
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("TogetherAI");

        Assert.That(client.Timeout, Is.EqualTo(Timeout.InfiniteTimeSpan));
    }

    [Test]
    public async Task Builder_configures_headers_and_handlers_of_the_client(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Run);
        await using var provider = Services.Build(services => services
            .AddTogetherAI(Services.At(server.Url))
            .ConfigureHttpClient(static client => client.DefaultRequestHeaders.Add("X-Of-The-Client", "1"))
            .AddHttpMessageHandler(static () => new HeaderHandler()));

        await provider.GetRequiredService<ITogetherAIInferenceClient>().RunAsync(new InferenceRequest("m", "p"), cancellationToken);

        Assert.That((server.Request.Header("X-Of-The-Client"), server.Request.Header("X-Of-The-Handler")), Is.EqualTo(("1", "2")));
    }

    [Test]
    public async Task Redirect_is_not_followed_so_that_no_header_reaches_another_host(CancellationToken cancellationToken)
    {
        await using var elsewhere = RawServer.Answering(Answers.Run);
        await using var server = RawServer.Answering(Answers.Empty(302, $"Location: {elsewhere.Url}\r\n"));
        await using var provider = Services.Build(services => services.AddTogetherAI(Services.At(server.Url)));

        await Assert.ThatAsync(() => provider.GetRequiredService<ITogetherAIInferenceClient>().RunAsync(new InferenceRequest("m", "p"), cancellationToken), Throws.InstanceOf<TogetherAIException>());

        Assert.That(elsewhere.Requests, Is.Empty);
    }

    [Test]
    public async Task Client_that_is_kept_takes_the_handler_that_the_factory_has_at_the_moment(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var factory = new RotatingFactory();
        await using var provider = Services.Build(services =>
        {
            services.AddSingleton<IHttpMessageHandlerFactory>(factory);
            services.AddTogetherAI(Services.At(server.Url));
        });
        var client = provider.GetRequiredService<ITogetherAIInferenceClient>();
        await client.RunAsync(new InferenceRequest("m", "p"), cancellationToken);

        factory.Rotate();
        await client.RunAsync(new InferenceRequest("m", "p"), cancellationToken);

        Assert.That(server.ConnectionCount, Is.EqualTo(2));
        Assert.That(factory.Names, Is.All.EqualTo("TogetherAI"));
    }

    [Test]
    public void Second_retry_handler_is_warned_of([Values("standard", "own", "polly", "defaults", "named")] string kind)
    {
        var log = new LogCapture();
        using var provider = Services.Build(
            services =>
            {
                var builder = services.AddTogetherAI(options => options.ApiKey = Services.Key);
                switch (kind)
                {
                    case "standard": builder.AddStandardResilienceHandler(); break;
                    case "own": builder.AddResilienceHandler("own", static pipeline => pipeline.AddRetry(new Microsoft.Extensions.Http.Resilience.HttpRetryStrategyOptions())); break;
                    case "polly": builder.AddTransientHttpErrorPolicy(static policy => policy.RetryAsync(3)); break;
                    case "defaults": services.ConfigureHttpClientDefaults(static defaults => defaults.AddStandardResilienceHandler()); break;
                    default: builder.AddHttpMessageHandler(static () => new MyRetryHandler()); break;
                }
            },
            log);

        _ = provider.GetRequiredService<ITogetherAIClient>();

        var entry = log.OfClients.Single();
        Assert.That((entry.Level, entry.Event.Name), Is.EqualTo((LogLevel.Warning, "SecondRetryHandler")));
        Assert.That(entry.Text, Does.StartWith("The HTTP client TogetherAI has a ").And.Contain("MaxRetries to 0"));
    }

    [Test]
    public void Retry_handler_is_no_second_one_where_the_client_does_not_retry()
    {
        var log = new LogCapture();
        using var provider = Services.Build(services => services.AddTogetherAI(options => (options.ApiKey, options.MaxRetries) = (Services.Key, 0)).AddStandardResilienceHandler(), log);

        _ = provider.GetRequiredService<ITogetherAIClient>();

        Assert.That(log.OfClients, Is.Empty);
    }

    private sealed class HeaderHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Of-The-Handler", "2");
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class MyRetryHandler : DelegatingHandler;

    private sealed class RotatingFactory : IHttpMessageHandlerFactory, IDisposable
    {
        private readonly List<HttpMessageHandler> _handlers = [new SocketsHttpHandler()];

        public List<string> Names { get; } = [];

        public HttpMessageHandler CreateHandler(string name)
        {
            Names.Add(name);
            return _handlers[^1];
        }

        public void Rotate() => _handlers.Add(new SocketsHttpHandler());

        public void Dispose() => _handlers.ForEach(static handler => handler.Dispose());
    }
}
