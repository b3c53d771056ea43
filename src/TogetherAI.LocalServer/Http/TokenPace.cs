namespace TogetherAI.LocalServer.Http;

/// <summary>How fast streams run.</summary>
/// <param name="tokensPerSecond">Tokens of each choice in a second; 0 and infinity set no limit.</param>
/// <param name="timeProvider">Source of time.</param>
internal sealed class TokenPace(double tokensPerSecond, TimeProvider timeProvider)
{
    // Faster streams send several tokens at a tick; slower ones look at the clock now and then without a token.
    private static readonly TimeSpan ShortestTick = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(10);

    public TimeProvider TimeProvider => timeProvider;

    public double TokensPerSecond => tokensPerSecond;

    /// <summary>Starts the timer of one stream.</summary>
    public TokenBeat Start() => new(this, IsLimited ? new PeriodicTimer(Tick, timeProvider) : null);

    private bool IsLimited => tokensPerSecond > 0 && double.IsFinite(tokensPerSecond);

    private TimeSpan Tick
        => TimeSpan.FromSeconds(Math.Clamp(1 / tokensPerSecond, ShortestTick.TotalSeconds, LongestTick.TotalSeconds));
}
