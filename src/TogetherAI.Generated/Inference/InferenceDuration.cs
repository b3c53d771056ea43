namespace TogetherAI;

// Completes the generated type: the server sends seconds and nanoseconds apart.
public sealed partial class InferenceDuration
{
    /// <summary>Returns the duration, to 100 nanoseconds; zero where the server sent neither number.</summary>
    /// <exception cref="OverflowException">It is longer than a <see cref="TimeSpan"/> can be.</exception>
    public TimeSpan ToTimeSpan() => new(checked(((Seconds ?? 0) * TimeSpan.TicksPerSecond) + ((Nanoseconds ?? 0) / 100)));
}
