using System.Diagnostics;

namespace TogetherAI.Runtime.Http;

/// <summary>
/// The timer of one call. It cancels what the call is doing when a wait becomes too long, and afterwards knows whether
/// it was the clock or the caller who ended the call, and which wait it was.
/// </summary>
/// <remarks>
/// Invariant: while somebody waits, the timer is set, or <see cref="Check"/> is about to look at the wait; so no wait goes
/// unseen for longer than its limit. A timer that finds nobody waiting is not set again before the next wait.
/// </remarks>
internal sealed class CallClock : IDisposable
{
    private readonly object _gate = new();
    private readonly CancellationToken _caller;
    private readonly CancellationToken _secondCaller;
    private readonly CancellationTokenRegistration _clientDisposal;
    private readonly CancellationTokenSource _cancellation;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    private TogetherAITimeoutPhase _phase;
    private TimeSpan _limit = Timeout.InfiniteTimeSpan;
    private long _waitingSince;
    private bool _isWaiting;
    private bool _hasLapsed;
    private volatile bool _timedOut;
    private volatile bool _isClientDisposed;

    /// <param name="time">Tells the time.</param>
    /// <param name="caller">The caller's token.</param>
    /// <param name="secondCaller">Another one.</param>
    /// <param name="clientDisposal">Cancelled where the client of the call is disposed, and its HTTP stack with it.</param>
    public CallClock(TimeProvider time, CancellationToken caller, CancellationToken secondCaller = default, CancellationToken clientDisposal = default)
    {
        _caller = caller;
        _secondCaller = secondCaller;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(caller, secondCaller);
        _time = time;
        _timer = time.CreateTimer(static clock => ((CallClock)clock!).Check(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _clientDisposal = clientDisposal.Register(static clock => ((CallClock)clock!).ClientDisposed(), this);
    }

    /// <summary>Cancelled by the caller or by the clock.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Whether the caller ended the call, by a token or by disposing the client.</summary>
    public bool IsCancelledByCaller => _caller.IsCancellationRequested || _secondCaller.IsCancellationRequested || _isClientDisposed;

    public bool IsTimedOut => _timedOut;

    public TogetherAITimeoutPhase Phase => _phase;

    public TimeSpan Limit => _limit;

    /// <summary>What is left of the present wait; the largest time span where it has no limit.</summary>
    public TimeSpan TimeLeft => _limit == Timeout.InfiniteTimeSpan
        ? TimeSpan.MaxValue
        : _limit - Elapsed();

    /// <summary>Starts to measure one wait, which goes on until another one starts.</summary>
    public void Start(TogetherAITimeoutPhase phase, TimeSpan limit)
    {
        StartRepeated(phase, limit);
        Resume();
    }

    /// <summary>
    /// Prepares for many waits with the same limit, each between <see cref="Resume"/> and <see cref="Pause"/>.
    /// </summary>
    public void StartRepeated(TogetherAITimeoutPhase phase, TimeSpan limit)
    {
        Pause();
        lock (_gate)
        {
            _phase = phase;
            _limit = limit;
            SetTimer(limit);
        }
    }

    /// <summary>Names the rest of the present wait, whose limit stays.</summary>
    public void EnterPhase(TogetherAITimeoutPhase phase) => _phase = phase;

    /// <summary>
    /// Begins the next of many waits with the same limit. Only a time is noted; the timer, which is the dear part, looks
    /// after it when it is due.
    /// </summary>
    public void Resume()
    {
        Volatile.Write(ref _waitingSince, _time.GetTimestamp());
        Volatile.Write(ref _isWaiting, true);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _hasLapsed))
        {
            lock (_gate)
            {
                SetTimer(_limit);
            }
        }
    }

    /// <summary>Ends one of many waits.</summary>
    public void Pause() => Volatile.Write(ref _isWaiting, false);

    /// <summary>The exception for the caller's cancellation, with the caller's own token; null where there was none.</summary>
    public OperationCanceledException? CallerCancellation(Exception? cause = null)
    {
        var token = _caller.IsCancellationRequested ? _caller : _secondCaller;
        return token.IsCancellationRequested ? new OperationCanceledException("The call was cancelled.", cause, token)
            : _isClientDisposed ? new OperationCanceledException("The client was disposed while the call was running.", cause)
            : null;
    }

    public void ThrowIfCancelledByCaller(Exception? cause = null)
    {
        if (CallerCancellation(cause) is { } cancellation)
        {
            throw cancellation;
        }
    }

    public void Dispose()
    {
        _clientDisposal.Dispose();
        _timer.Dispose();
        _cancellation.Dispose();
    }

    /// <summary>Ends whatever the call is doing, as when it is disposed meanwhile, or the token of a single read cancelled.</summary>
    public void Cancel()
    {
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended in the same moment; there is nothing left to cancel.
        }
        catch (AggregateException)
        {
            // Something that a handler registered with the token has failed. On the thread of a timer that would end the process.
        }
    }

    private void ClientDisposed()
    {
        _isClientDisposed = true;
        Cancel();
    }

    // A clock that went back begins to measure anew: what it said before means nothing now.
    private TimeSpan Elapsed()
    {
        var since = Volatile.Read(ref _waitingSince);
        var elapsed = _time.GetElapsedTime(since);
        if (elapsed >= TimeSpan.Zero)
        {
            return elapsed;
        }

        Interlocked.CompareExchange(ref _waitingSince, _time.GetTimestamp(), since);
        return TimeSpan.Zero;
    }

    private void SetTimer(TimeSpan due)
    {
        _hasLapsed = false;
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void Check()
    {
        // The limit of the wait must not change between the look at it and the next appointment.
        lock (_gate)
        {
            if (_limit == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            // Nobody waits: the next wait sets the timer. One that went on would keep a stream alive that its reader has
            // forgotten to close.
            _hasLapsed = true;
            Interlocked.MemoryBarrier();
            if (!Volatile.Read(ref _isWaiting))
            {
                return;
            }

            var remaining = _limit - Elapsed();
            if (remaining > TimeSpan.Zero)
            {
                Debug.Assert(remaining <= _limit, "A wait cannot be longer than its limit.");

                // A timer of whole milliseconds must not fire early for ever.
                SetTimer(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(remaining.TotalMilliseconds))));
                return;
            }

            _timedOut = true;
        }

        Cancel();
    }
}
