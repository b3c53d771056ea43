namespace TogetherAI.LocalServer.Http;

/// <summary>How fast streams run.</summary>
internal sealed class TokenPace(double tokensPerSecond, TimeProvider timeProvider)
{
    // A timer is that much early or late.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    // Faster streams send several tokens at a tick; slower ones look at the clock every few seconds, without a token.
    private static readonly TimeSpan ShortestTick = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(10);

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Starts the clock of one stream.</summary>
    public Beat Start() => new(this);

    private bool IsLimited => tokensPerSecond > 0 && double.IsFinite(tokensPerSecond);

    private TimeSpan Tick => 1 / tokensPerSecond >= LongestTick.TotalSeconds
        ? LongestTick
        : TimeSpan.FromSeconds(Math.Max(1 / tokensPerSecond, ShortestTick.TotalSeconds));

    /// <summary>The clock of one stream.</summary>
    public sealed class Beat : IDisposable
    {
        private readonly TokenPace _pace;
        private readonly PeriodicTimer? _timer;
        private readonly long _start;
        private long _count;

        public Beat(TokenPace pace)
        {
            _pace = pace;
            _start = pace.TimeProvider.GetTimestamp();
            _timer = pace.IsLimited ? new PeriodicTimer(pace.Tick, pace.TimeProvider) : null;
        }

        /// <summary>Time since the start.</summary>
        public TimeSpan Elapsed => _pace.TimeProvider.GetElapsedTime(_start);

        /// <summary>Waits until the next token is due; the first one is at once.</summary>
        public async ValueTask WaitAsync(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (_timer is not null && !IsDue)
            {
                await _timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
            }

            _count++;
        }

        public void Dispose() => _timer?.Dispose();

        private bool IsDue => (Elapsed + Tolerance).TotalSeconds * _pace.TokensPerSecond >= _count;
    }

    private double TokensPerSecond => tokensPerSecond;
}
