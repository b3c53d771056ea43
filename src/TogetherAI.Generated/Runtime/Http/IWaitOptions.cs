namespace TogetherAI.Runtime.Http;

/// <summary>How the end of a job is waited for, by the names under which callers know it.</summary>
internal interface IWaitOptions
{
    TimeSpan Interval { get; }

    double IntervalGrowth { get; }

    TimeSpan MaxInterval { get; }

    TimeSpan Timeout { get; }
}
