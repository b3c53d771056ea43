using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>How the end of a job is waited for.</summary>
public sealed class TogetherAIWaitOptions : IWaitOptions
{
    /// <summary>The time between the first two looks at the job; 10 seconds by default.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>By how much the time between two looks grows with each; 1.5 by default, and 1 for none.</summary>
    public double IntervalGrowth { get; set; } = 1.5;

    /// <summary>The longest time between two looks; 60 seconds by default.</summary>
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long the end is waited for; one hour by default, and <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for ever.
    /// It does not end the job.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromHours(1);
}
