using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Http;

/// <summary>Waits for the end of jobs.</summary>
internal static class JobWaiting
{
    /// <summary>Retrieves a job again and again until it has ended.</summary>
    /// <param name="pipeline">Sends the calls.</param>
    /// <param name="retrieve">Makes the call that retrieves the job.</param>
    /// <param name="progress">Is told of the job each time.</param>
    /// <param name="options">How often it is asked for, and for how long.</param>
    /// <param name="cancellationToken">The token to cancel waiting.</param>
    /// <exception cref="TogetherAIJobException">The job ended without a result.</exception>
    /// <exception cref="TogetherAITimeoutException">It did not end in time.</exception>
    public static async Task<TJob> WaitAsync<[DynamicallyAccessedMembers(ReadableTypes.Members)] TJob>(
        this ApiPipeline pipeline, Func<ApiCall> retrieve, IProgress<TJob>? progress, IWaitOptions options, CancellationToken cancellationToken)
        where TJob : class, IJob
    {
        TJob? last = null;
        await foreach (var job in pipeline.PollAsync<TJob>(retrieve, options, cancellationToken).ConfigureAwait(false))
        {
            last = job;
            progress?.Report(job);
        }

        return last!;
    }

    /// <summary>As <see cref="WaitAsync"/>, and gives the job each time that it is retrieved, also when it has failed.</summary>
    public static async IAsyncEnumerable<TJob> PollAsync<[DynamicallyAccessedMembers(ReadableTypes.Members)] TJob>(
        this ApiPipeline pipeline, Func<ApiCall> retrieve, IWaitOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TJob : class, IJob
    {
        RequireValid(options);
        var time = pipeline.TimeProvider;
        var since = time.GetTimestamp();
        var waited = TimeSpan.Zero;
        // Read once, as requests are.
        var (interval, growth, longest, limit) = (options.Interval, options.IntervalGrowth, options.MaxInterval, options.Timeout);
        while (true)
        {
            var call = retrieve();
            var job = await pipeline.SendAsync<TJob>(call, cancellationToken).ConfigureAwait(false);
            yield return job;
            if (job.IsFinished)
            {
                if (job.HasFailed)
                {
                    throw Failed(job, pipeline.Settings(call, streaming: false));
                }

                yield break;
            }

            // A clock that goes back starts anew, as everywhere.
            waited += Elapsed(time, ref since);
            var left = limit == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : limit - waited;
            if (left <= TimeSpan.Zero)
            {
                throw TimedOut(job, limit);
            }

            await pipeline.DelayAsync(interval < left ? interval : left, cancellationToken).ConfigureAwait(false);
            var next = interval.Ticks * growth;
            interval = next < longest.Ticks ? new TimeSpan((long)next) : longest;
        }
    }

    private static TimeSpan Elapsed(TimeProvider time, ref long since)
    {
        var now = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(since, now);
        since = now;
        return elapsed > TimeSpan.Zero ? elapsed : TimeSpan.Zero;
    }

    private static void RequireValid(IWaitOptions options)
    {
        Require(options.Interval > TimeSpan.Zero, nameof(options.Interval), "positive");
        Require(options.MaxInterval >= options.Interval && options.MaxInterval.TotalMilliseconds <= int.MaxValue, nameof(options.MaxInterval), "at least Interval and at most 24 days");
        Require(options.IntervalGrowth is >= 1 and <= 100, nameof(options.IntervalGrowth), "between 1 and 100");
        Require(options.Timeout > TimeSpan.Zero || options.Timeout == Timeout.InfiniteTimeSpan, nameof(options.Timeout), "positive, or Timeout.InfiniteTimeSpan");
    }

    private static void Require(bool isValid, string name, string rule)
    {
        if (!isValid)
        {
            throw new ArgumentOutOfRangeException(name, $"{name} must be {rule}.");
        }
    }

    private static TogetherAIJobException Failed(IJob job, CallSettings settings)
    {
        var error = job.FailureReason is { } reason ? ErrorOf(reason, settings.Client.Profile) : null;
        var said = error?.Message is { } message ? $": {ErrorText.Sentence(message)}" : ", and gave no reason.";
        var details = new FailureDetails { Secrets = new Secrets(settings, sent: null), Error = error, Attempts = 1 };
        return new TogetherAIJobException($"The job ended with the status \"{job.StatusText}\"{said}", details) { Status = job.StatusText };
    }

    // A text may be the JSON of an object that the document does not expect.
    private static ServerError ErrorOf(object reason, ServiceProfile profile)
        => reason is string text && ServerError.Parse(text, profile) is { Message: not null } error
            ? error
            : ServerError.FromJson(ApiJson.Text(reason), profile);

    private static TogetherAITimeoutException TimedOut(IJob job, TimeSpan limit)
        => new(
            $"The job has not ended within {ErrorText.Seconds(limit)} s (Timeout of the wait); its status is \"{job.StatusText}\". The job continues. Wait again, or increase the Timeout.",
            TogetherAITimeoutPhase.Job,
            limit);
}
