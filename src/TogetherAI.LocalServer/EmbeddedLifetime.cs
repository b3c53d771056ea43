using Microsoft.Extensions.Hosting;

namespace TogetherAI.LocalServer;

/// <summary>Ties the server to its owner alone; the framework's own lifetime would take over Ctrl+C.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
