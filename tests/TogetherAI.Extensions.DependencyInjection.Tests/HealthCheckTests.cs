using Microsoft.Extensions.Diagnostics.HealthChecks;
using TogetherAI.DependencyInjection.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.DependencyInjection.Tests;

/// <summary>The health check, as the health checks of ASP.NET Core run it.</summary>
[CancelAfter(30_000)]
public sealed class HealthCheckTests
{
    [Test]
    public async Task Service_that_responds_is_healthy(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { ApiKey = Services.Key }, cancellationToken);

        var entry = await CheckAsync(server.Url, cancellationToken);

        Assert.That((entry.Status, entry.Description), Is.EqualTo((HealthStatus.Healthy, "Together AI responds.")));
    }

    [TestCase(401, "Together AI does not accept the API key, or there is none.")]
    [TestCase(503, "Together AI responded with status 503.")]
    public async Task Service_that_refuses_has_the_status_of_the_registration_after_one_request(int status, string description, CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(status, $"{{\"error\":\"{Services.Key}\"}}"));

        var entry = await CheckAsync(server.Url, cancellationToken, HealthStatus.Degraded);

        Assert.That((entry.Status, entry.Description), Is.EqualTo((HealthStatus.Degraded, description)));
        Assert.That((server.Request.Method, server.Request.Target), Is.EqualTo(("GET", "/v1/models")));
        Assert.That(entry.Exception!.ToString(), Does.Not.Contain(Services.Key));
    }

    [Test]
    public async Task Service_that_cannot_be_reached_is_unhealthy(CancellationToken cancellationToken)
    {
        var entry = await CheckAsync(new Uri("http://127.0.0.1:1"), cancellationToken);

        Assert.That((entry.Status, entry.Description), Is.EqualTo((HealthStatus.Unhealthy, "Together AI cannot be reached.")));
    }

    [Test]
    public async Task Check_of_a_keyed_client_asks_its_service(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, "[]"));
        await using var provider = Services.Build(services =>
        {
            services.AddKeyedTogetherAI("eu", Services.At(server.Url));
            services.AddLogging().AddHealthChecks().Add(new HealthCheckRegistration("eu", static provider => new TogetherAIHealthCheck(provider.GetRequiredKeyedService<ITogetherAIClient>("eu")), null, null));
        });

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(cancellationToken);

        Assert.That(report.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(server.Request.Header("Authorization"), Is.EqualTo($"Bearer {Services.Key}"));
    }

    private static async Task<HealthReportEntry> CheckAsync(Uri url, CancellationToken cancellationToken, HealthStatus? failureStatus = null)
    {
        await using var provider = Services.Build(services =>
        {
            services.AddTogetherAI(Services.At(url, retries: 2));
            services.AddLogging().AddHealthChecks().AddCheck<TogetherAIHealthCheck>("together", failureStatus);
        });
        return (await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(cancellationToken)).Entries["together"];
    }
}
