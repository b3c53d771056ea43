using System.Net;
using Polly;
using Polly.Retry;
using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>
/// Which failures of a call are worth another attempt, and after what wait. Of a response with success nothing is read here,
/// so nothing is retried once a byte of a result has reached the caller.
/// </summary>
internal sealed class RetryPolicy
{
    /// <summary>A longer wait than this is for the caller to decide about, who finds it on the exception.</summary>
    public static readonly TimeSpan LongestServerWait = TimeSpan.FromSeconds(60);

    private static readonly ResiliencePropertyKey<CallAttempts> Attempts = new(nameof(Attempts));

    private readonly Lazy<ResiliencePipeline<HttpResponseMessage>> _pipeline;

    public RetryPolicy(TimeProvider time) => _pipeline = new(() => CreatePipeline(time));

    /// <summary>Sends a call. A first try that succeeds, as most do, asks for no decision and wakes no pipeline.</summary>
    public async Task<HttpResponseMessage> SendAsync(CallAttempts attempts, CancellationToken cancellationToken)
    {
        var first = attempts.SendOnceAsync(cancellationToken).AsTask();
        await Task.WhenAny(first).ConfigureAwait(false);
        return await (first is { Status: TaskStatus.RanToCompletion, Result.IsSuccessStatusCode: true }
            ? first
            : GoOnAsync(first, attempts, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether a status is worth another attempt, but leaves open if the server has done what it was asked: then the call is
    /// retried only where doing it twice does no harm.
    /// </summary>
    public static bool LeavesOpen(HttpStatusCode status) => (int)status is 408 or 409 or 500 or 502 or 504 or (>= 520 and <= 529);

    private static ResiliencePipeline<HttpResponseMessage> CreatePipeline(TimeProvider time)
        => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                // The number of tries is the call's own; ShouldHandle counts them.
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(0.5),
                MaxDelay = TimeSpan.FromSeconds(8),
                UseJitter = true,
                ShouldHandle = arguments => ShouldRetryAsync(arguments, time),
                DelayGenerator = arguments => new ValueTask<TimeSpan?>(ServerWait(arguments.Outcome, AttemptsOf(arguments.Context), time)),
                OnRetry = static arguments =>
                {
                    if (arguments.Outcome.Result is { } refused)
                    {
                        ConnectionGuard.Close(refused);
                    }

                    AttemptsOf(arguments.Context).OnRetry(arguments.RetryDelay, arguments.Outcome.Exception);
                    return default;
                },
            })
            .Build();

    /// <summary>Gives the outcome of the first try to the pipeline, which decides about it as about those that follow.</summary>
    private async Task<HttpResponseMessage> GoOnAsync(
        Task<HttpResponseMessage> first,
        CallAttempts attempts,
        CancellationToken cancellationToken)
    {
        Task<HttpResponseMessage>? known = first;
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(Attempts, attempts);
        try
        {
            return await _pipeline.Value.ExecuteAsync(
                context => Interlocked.Exchange(ref known, null) is { } outcome
                    ? new ValueTask<HttpResponseMessage>(outcome)
                    : attempts.SendOnceAsync(context.CancellationToken),
                context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (known is not null)
        {
            // The token was cancelled before the pipeline looked at the first try.
            return await known.ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static CallAttempts AttemptsOf(ResilienceContext context) => context.Properties.GetValue(Attempts, null!);

    private static async ValueTask<bool> ShouldRetryAsync(RetryPredicateArguments<HttpResponseMessage> arguments, TimeProvider time)
    {
        var attempts = AttemptsOf(arguments.Context);
        if (arguments.AttemptNumber >= attempts.MaxRetries
            || !attempts.CanSendAgain
            || arguments.Context.CancellationToken.IsCancellationRequested)
        {
            return false;
        }

        if (arguments.Outcome.Exception is { } exception)
        {
            return ConnectionErrors.IsConnectionFailure(exception) && (attempts.IsIdempotent || ConnectionErrors.FoundNoConnection(exception));
        }

        var response = arguments.Outcome.Result!;
        var wait = ServerWait(arguments.Outcome, attempts, time) ?? TimeSpan.Zero;
        return !response.IsSuccessStatusCode
            && wait <= LongestServerWait
            && wait < attempts.TimeLeft
            && (ResponseHeaders.ShouldRetry(response) ?? await MayPassAsync(response, attempts).ConfigureAwait(false))
            && !arguments.Context.CancellationToken.IsCancellationRequested;
    }

    private static async ValueTask<bool> MayPassAsync(HttpResponseMessage response, CallAttempts attempts)
        => (IsRefusal(response.StatusCode) || (attempts.IsIdempotent && LeavesOpen(response.StatusCode)))
        && !attempts.Profile.IsFinal(await attempts.PeekErrorAsync(response).ConfigureAwait(false));

    // The server has not begun to do what it was asked.
    private static bool IsRefusal(HttpStatusCode status) => (int)status is 429 or 503;

    // A wait of zero says nothing: the backoff then keeps a crowd of callers from coming back as one.
    private static TimeSpan? ServerWait(Outcome<HttpResponseMessage> outcome, CallAttempts attempts, TimeProvider time)
        => outcome.Result is { } response && ResponseHeaders.RetryAfter(response, attempts.Profile, time.GetUtcNow()) is { } wait && wait > TimeSpan.Zero
            ? wait
            : null;
}
