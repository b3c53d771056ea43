namespace TogetherAI.Cli.Tests.Support;

/// <summary>Waits for what another thread or process is about to do; the test's own time limit ends a wait in vain.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
