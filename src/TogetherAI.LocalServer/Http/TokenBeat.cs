namespace TogetherAI.LocalServer.Http;

/// <summary>The timer of one stream.</summary>
internal sealed class TokenBeat(TokenPace pace, PeriodicTimer? timer) : IDisposable
{
    // A timer is that much early or late.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    private readonly long _start = pace.TimeProvider.GetTimestamp();
    private long _count;

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => pace.TimeProvider.GetElapsedTime(_start);

    /// <summary>Waits until the next token is due; the first one is at once.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (timer is not null && !IsDue)
        {
            await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
        }

        _count++;
    }

    public void Dispose() => timer?.Dispose();

    private bool IsDue => (Elapsed + Tolerance).TotalSeconds * pace.TokensPerSecond >= _count;
}
