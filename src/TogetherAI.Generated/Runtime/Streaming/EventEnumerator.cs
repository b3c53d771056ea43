using System.Diagnostics;
using System.Net.ServerSentEvents;
using TogetherAI.Runtime.Http;
#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
#endif

namespace TogetherAI.Runtime.Streaming;

/// <summary>
/// One enumeration of a stream's values. It owns the response, and closes it when it ends, early or not. An event that
/// has arrived already costs no state machine of ours, which is why this is no iterator method.
/// </summary>
/// <remarks>
/// Invariant: what is open is closed once, and never beside a step that is pending. <see cref="DisposeAsync"/> closes it
/// where no step is pending; otherwise it cancels the call, and the step closes it when it ends.
/// </remarks>
internal abstract class EventEnumerator
{
    private Func<CallClock>? _createClock;
    private Func<CallClock, Task<ApiResponse>>? _open;
    private readonly EventReader _reader;
    private volatile CallClock? _clock;
    private ApiResponse? _response;
    private ResponseStream? _stream;
    private IAsyncEnumerator<SseItem<StreamEvent>>? _events;
    private volatile bool _isMoving;
    private volatile bool _isDisposed;
    private bool _hasEnded;
    private int _isClosed;

    /// <summary>Prepares an enumeration; nothing happens before its first step.</summary>
    /// <param name="createClock">Makes the timer of the call.</param>
    /// <param name="open">Sends the call, and takes over the clock.</param>
    /// <param name="reader">Reads the events.</param>
    protected EventEnumerator(Func<CallClock> createClock, Func<CallClock, Task<ApiResponse>> open, EventReader reader)
    {
        _createClock = createClock;
        _open = open;
        _reader = reader;
    }

    public ValueTask<bool> MoveNextAsync()
    {
        if (_isMoving)
        {
            throw new InvalidOperationException("MoveNextAsync was called before the previous call completed. Await each call before the next.");
        }

        _isMoving = true;
        Interlocked.MemoryBarrier();
        if (_isDisposed || _hasEnded)
        {
            return StayAsync();
        }

        if (_events is null)
        {
            return StartAsync();
        }

        var next = _events.MoveNextAsync();
        if (!next.IsCompletedSuccessfully)
        {
            return ContinueAsync(next);
        }

        var hasNext = next.Result;
        if (!hasNext || _reader.Event != StreamEvent.Value || _clock!.IsCancelledByCaller)
        {
            return ContinueAsync(new ValueTask<bool>(hasNext));
        }

        return TryEndStep() ? new ValueTask<bool>(true) : AbandonAsync();
    }

    /// <summary>Closes the stream and its connection. A step that is pending ends as cancelled.</summary>
    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        Interlocked.MemoryBarrier();
        if (!_isMoving)
        {
            return CloseAsync();
        }

        _clock?.Cancel();
        return default;
    }

    // A disposal in this moment either is seen here, or sees that no step is pending any more.
    private bool TryEndStep()
    {
        Debug.Assert(_isMoving, "A step ends that never began.");
        _isMoving = false;
        Interlocked.MemoryBarrier();
        return !_isDisposed;
    }

    // Closes what is open. Not all of it is, where the enumeration ends while it begins.
    private async ValueTask CloseAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        try
        {
            if (_events is { } events)
            {
                await events.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _stream?.Dispose();
            _response?.Dispose();
        }
    }

    private async ValueTask EndAsync()
    {
        _hasEnded = true;
        try
        {
            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _isMoving = false;
        }
    }

    private async ValueTask<bool> StayAsync()
    {
        await EndAsync().ConfigureAwait(false);
        return false;
    }

    private async ValueTask<bool> AbandonAsync()
    {
        await EndAsync().ConfigureAwait(false);
        throw Cancellation()!;
    }

    // Who disposes the enumeration does not want to know what became of its last step.
    private OperationCanceledException? Cancellation(Exception? cause = null)
        => !_isDisposed ? null
            : _clock?.CallerCancellation(cause) ?? new OperationCanceledException("The stream was disposed while it was read.");

    // A stream may be silent for hours, and does not need the request for that.
    private void ForgetCall()
    {
        _createClock = null;
        _open = null;
    }

    private async ValueTask<bool> StartAsync()
    {
        try
        {
            var clock = _createClock!();
            _clock = clock;
            Interlocked.MemoryBarrier();
            if (_isDisposed)
            {
                clock.Cancel();
            }

            _response = await _open!(clock).ConfigureAwait(false);
            ForgetCall();
            await EventStreamCheck.RequireAsync(_response, _reader.Format).ConfigureAwait(false);
            _stream = await ResponseStream.OpenEventsAsync(_response).ConfigureAwait(false);
            var parser = SseParser.Create<StreamEvent>(_reader.Attach(_response, _stream), _reader.Format.IsText ? _reader.ReadText : _reader.Read);
            _events = parser.EnumerateAsync(CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        }
        catch (Exception exception)
        {
            var cancellation = Cancellation(exception);
            _response?.Record?.Failed(cancellation ?? exception);
            await EndAsync().ConfigureAwait(false);
            if (cancellation is not null)
            {
                throw cancellation;
            }

            throw;
        }

        return await ContinueAsync(_events.MoveNextAsync()).ConfigureAwait(false);
    }

#if NET8_0_OR_GREATER
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
#endif
    private async ValueTask<bool> ContinueAsync(ValueTask<bool> next)
    {
        var events = _events!;
        try
        {
            for (; await next.ConfigureAwait(false); next = events.MoveNextAsync())
            {
                _response!.Clock.ThrowIfCancelledByCaller();
                switch (_reader.Event)
                {
                    case StreamEvent.Value when TryEndStep():
                        return true;
                    case StreamEvent.Value:
                        throw Cancellation()!;
                    case StreamEvent.Last:
                        _stream!.Complete();
                        await EndAsync().ConfigureAwait(false);
                        return Cancellation() is { } disposal ? throw disposal : true;
                    case StreamEvent.End:
                        // Without waiting for the server to close: some keep the connection open.
                        _stream!.Complete();
                        if (_reader.AtDone() is { } failure)
                        {
                            throw failure;
                        }

                        await EndAsync().ConfigureAwait(false);
                        return false;
                }
            }

            if (_reader.AtEnd() is { } incomplete)
            {
                throw incomplete;
            }

            _response!.Record?.Complete();
        }
        catch (Exception exception)
        {
            var cancellation = Cancellation(exception);
            _response?.Record?.Failed(cancellation ?? exception);
            await EndAsync().ConfigureAwait(false);
            if (cancellation is not null)
            {
                throw cancellation;
            }

            throw;
        }

        await EndAsync().ConfigureAwait(false);
        return false;
    }
}

/// <summary>An enumeration whose values have a type.</summary>
internal sealed class EventEnumerator<T> : EventEnumerator, IAsyncEnumerator<T>
    where T : class
{
    private readonly ChunkReader<T> _reader;

    public EventEnumerator(Func<CallClock> createClock, Func<CallClock, Task<ApiResponse>> open, ChunkReader<T> reader)
        : base(createClock, open, reader)
    {
        _reader = reader;
    }

    public T Current => _reader.Value;
}
