namespace TogetherAI.Cli.Tests.Support;

/// <summary>Waits for what another thread or process is about to do; the test's own time limit ends a wait in vain.</summary>
internal static class Eventually
{
    public static Task TrueAsync(Func<bool> condition, CancellationToken cancellationToken)
        => TrueAsync(() => Task.FromResult(condition()), cancellationToken);

    public static async Task TrueAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
