namespace TogetherAI;

// Completes the generated type: the server sends seconds and nanoseconds apart.
public sealed partial class InferenceDuration
{
    /// <summary>Returns the duration, with a resolution of 100 nanoseconds; zero if the server sent neither number.</summary>
    /// <exception cref="OverflowException">The duration exceeds the range of <see cref="TimeSpan"/>.</exception>
    public TimeSpan ToTimeSpan() => new(checked(((Seconds ?? 0) * TimeSpan.TicksPerSecond) + ((Nanoseconds ?? 0) / 100)));
}
