namespace TogetherAI.Cli.Batches;

/// <summary>
/// Holds back all requests while the server refuses them: for as long as it says or, if it says nothing, for a time that doubles
/// until a request succeeds again.
/// </summary>
internal sealed class RateGate(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private DateTimeOffset _until;
    private TimeSpan _next = First;

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (Left() is { Ticks: > 0 } left)
        {
            await Task.Delay(left, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Close(TimeSpan? wait)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            // Requests that were on their way when the gate was closed say nothing new.
            if (now < _until && wait is null)
            {
                return;
            }

            var until = now + (wait ?? _next);
            _until = until > _until ? until : _until;
            _next = wait is null ? TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, Longest.Ticks)) : _next;
        }
    }

    public void Passed()
    {
        lock (_lock)
        {
            _next = First;
        }
    }

    private TimeSpan Left()
    {
        lock (_lock)
        {
            return _until - time.GetUtcNow();
        }
    }
}
