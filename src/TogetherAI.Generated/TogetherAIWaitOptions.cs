using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>Options for waiting for the end of a job.</summary>
public sealed class TogetherAIWaitOptions : IWaitOptions
{
    /// <summary>Gets or sets the initial polling interval. Default: 10 seconds.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the factor by which the polling interval increases each time; 1 keeps it constant. Default: 1.5.</summary>
    public double IntervalGrowth { get; set; } = 1.5;

    /// <summary>Gets or sets the maximum polling interval. Default: 60 seconds.</summary>
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Gets or sets the timeout for waiting; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> disables it. Default: one hour.
    /// The job itself is not cancelled.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromHours(1);
}
