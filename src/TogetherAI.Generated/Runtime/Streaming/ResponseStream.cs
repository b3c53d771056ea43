using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Http;
#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
#endif

namespace TogetherAI.Runtime.Streaming;

/// <summary>
/// The body of an open response. It owns the response, measures how long each read waits, and throws what the caller is
/// promised. It copies nothing.
/// </summary>
/// <remarks>
/// Invariant: every read, whatever becomes of it, begins and ends once at the guard of the connection, and once a read
/// was cancelled by its own token no other one begins.
/// </remarks>
internal sealed partial class ResponseStream : ReadOnlyStream
{
    private readonly ApiResponse _response;
    private readonly Stream _body;
    private readonly ConnectionGuard _guard;
    private readonly CallClock _clock;
    private readonly CancellationToken _token;
    private readonly CancellationTokenRegistration _closing;
    private readonly bool _countsBytes;
    private long _bytesReceived;
    private bool _isCancelled;

    // Until the first event comes, where that has a limit of its own: reads and what they bring do not begin the wait anew.
    private bool _isOneWait;
    private volatile bool _isDisposed;

    private ResponseStream(ApiResponse response, Stream body, bool countsBytes)
    {
        _response = response;
        _body = body;
        _countsBytes = countsBytes;
        _guard = response.Connection;
        _clock = response.Clock;
        _token = _clock.Token;
        if (!countsBytes && response.Settings.FirstEventTimeout is { } limit)
        {
            _isOneWait = true;
            _clock.Start(TogetherAITimeoutPhase.FirstEvent, limit);
        }
        else
        {
            _clock.StartRepeated(TogetherAITimeoutPhase.FirstEvent, response.Settings.FirstEventTimeout ?? response.Settings.StreamIdleTimeout);
        }

        _closing = _token.Register(static guard => ((ConnectionGuard)guard!).Close(), _guard);
    }

    public override bool CanRead => !_isDisposed;

    /// <summary>Events that have been read from the bytes; exceptions tell the number.</summary>
    public int EventsReceived { get; private set; }

    /// <summary>How much has come, for the messages of exceptions.</summary>
    public StreamAmount Received => _countsBytes ? StreamAmount.OfBytes(_bytesReceived) : StreamAmount.OfEvents(EventsReceived, _bytesReceived);

    /// <summary>Opens a stream whose events are read. It owns the response then.</summary>
    public static Task<ResponseStream> OpenEventsAsync(ApiResponse response) => OpenAsync(response, countsBytes: false);

    /// <summary>The same for any bytes, which are counted instead.</summary>
    public static Task<ResponseStream> OpenFileAsync(ApiResponse response) => OpenAsync(response, countsBytes: true);

    public void CountEvent()
    {
        if (EventsReceived++ == 0)
        {
            BeginningEnded();
        }
    }

    /// <summary>All that is wanted has been read: the connection may serve another call, if its response ends soon.</summary>
    public void Complete()
    {
        _guard.Release();
        _response.Record?.Complete();
    }

#if NET8_0_OR_GREATER
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => _beginning is null || buffer.IsEmpty
            ? ReadBodyAsync(buffer, cancellationToken)
            : ReadBeginningAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // By default these read synchronously on a thread of the pool.
    public override IAsyncResult BeginRead(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state)
        => TaskToAsyncResult.Begin(ReadAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override int EndRead(IAsyncResult asyncResult) => TaskToAsyncResult.End<int>(asyncResult);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = ReadBody(buffer);
        RequireEventStream(buffer.Slice(0, read), buffer.Length);
        return read;
    }

    private int ReadBody(Span<byte> buffer)
    {
        BeginRead(CancellationToken.None);
        BeginWait();
        int read;
        try
        {
            read = _body.Read(buffer);
        }
        catch (Exception exception) when (Translate(exception, CancellationToken.None) is { } error)
        {
            throw error;
        }
        finally
        {
            EndWait();
            _guard.EndRead();
        }

        return Count(read, buffer.Length);
    }

    private int ReadBody(byte[] buffer, int offset, int count) => ReadBody(buffer.AsSpan(offset, count));
#else
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => await (_beginning is null || count == 0
            ? ReadBodyAsync(buffer.AsMemory(offset, count), cancellationToken)
            : ReadBeginningAsync(buffer.AsMemory(offset, count), cancellationToken)).ConfigureAwait(false);

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = ReadBody(buffer, offset, count);
        RequireEventStream(buffer.AsSpan(offset, read), count);
        return read;
    }

    private int ReadBody(byte[] buffer, int offset, int count)
    {
        BeginRead(CancellationToken.None);
        BeginWait();
        int read;
        try
        {
            read = _body.Read(buffer, offset, count);
        }
        catch (Exception exception) when (Translate(exception, CancellationToken.None) is { } error)
        {
            throw error;
        }
        finally
        {
            EndWait();
            _guard.EndRead();
        }

        return Count(read, count);
    }
#endif

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _closing.Dispose();
            _response.Record?.Received(EventsReceived, _bytesReceived);
            _response.Dispose();
        }

        base.Dispose(disposing);
    }

    private static async Task<ResponseStream> OpenAsync(ApiResponse response, bool countsBytes)
    {
        try
        {
            var body = await response.OpenBodyAsync().ConfigureAwait(false);
            return new ResponseStream(response, body, countsBytes);
        }
        catch (Exception exception) when (CallErrors.InsideStream(exception, response, countsBytes ? StreamAmount.OfBytes(0) : default) is { } error)
        {
            throw error;
        }
    }

    private ValueTask<int> ReadBodyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        BeginRead(cancellationToken);
        ValueTask<int> read;
        try
        {
            read = ReadUncheckedAsync(buffer);
        }
        catch (Exception exception)
        {
            read = new ValueTask<int>(Task.FromException<int>(exception));
        }

        if (!read.IsCompletedSuccessfully)
        {
            return AwaitAsync(read, buffer.Length, cancellationToken);
        }

        var count = read.Result;
        _guard.EndRead();
        return new ValueTask<int>(Count(count, buffer.Length));
    }

#if NET8_0_OR_GREATER
    private ValueTask<int> ReadUncheckedAsync(Memory<byte> buffer) => _body.ReadAsync(buffer, _token);
#else
    private ValueTask<int> ReadUncheckedAsync(Memory<byte> buffer)
    {
        // Everything here is made from arrays.
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray<byte>(buffer, out var array);
        return new ValueTask<int>(_body.ReadAsync(array.Array!, array.Offset, array.Count, _token));
    }
#endif

#if NET8_0_OR_GREATER
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
#endif
    private async ValueTask<int> AwaitAsync(ValueTask<int> read, int length, CancellationToken cancellationToken)
    {
        BeginWait();
        var registration = cancellationToken.CanBeCanceled
            ? cancellationToken.Register(static clock => ((CallClock)clock!).Cancel(), _clock)
            : default;
        try
        {
            return Count(await read.ConfigureAwait(false), length);
        }
        catch (Exception exception) when (Translate(exception, cancellationToken) is { } error)
        {
            throw error;
        }
        finally
        {
            registration.Dispose();
            EndWait();
            _guard.EndRead();

            // Where the data was faster than the token, only the next read can tell.
            _isCancelled |= cancellationToken.IsCancellationRequested && _token.IsCancellationRequested;
        }
    }

    private int Count(int count, int length)
    {
        if (count == 0 && length > 0)
        {
            _guard.Release();
            if (_countsBytes)
            {
                _response.Record?.Complete();
            }
        }

        if (_countsBytes && count > 0 && _bytesReceived == 0)
        {
            BeginningEnded();
        }

        _bytesReceived += count;
        return count;
    }

    private void BeginningEnded()
    {
        _response.Record?.Began();
        if (_response.Settings.FirstEventTimeout is null)
        {
            _clock.EnterPhase(TogetherAITimeoutPhase.StreamSilence);
        }
        else
        {
            _isOneWait = false;
            _clock.StartRepeated(TogetherAITimeoutPhase.StreamSilence, _response.Settings.StreamIdleTimeout);
        }
    }

    private void BeginWait()
    {
        if (!_isOneWait)
        {
            _clock.Resume();
        }
    }

    private void EndWait()
    {
        if (!_isOneWait)
        {
            _clock.Pause();
        }
    }

    private void BeginRead(CancellationToken cancellationToken)
    {
        if (_isDisposed)
        {
            throw new ObjectDisposedException(objectName: null, "The stream was disposed.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (_isCancelled)
        {
            // The token of an earlier read may have been that of the call.
            throw _clock.CallerCancellation() ?? (Exception)new ObjectDisposedException(objectName: null, "The stream was closed because a read was cancelled.");
        }

        if (!_guard.TryBeginRead())
        {
            var cancellation = new OperationCanceledException(_token);
            throw Translate(cancellation, cancellationToken) ?? cancellation;
        }

        if (_isDisposed)
        {
            _guard.EndRead();
            throw new ObjectDisposedException(objectName: null, "The stream was disposed.");
        }
    }

    private Exception? Translate(Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return new OperationCanceledException("The read was cancelled.", _response.Secrets.Masked(exception), cancellationToken);
        }

        return _isDisposed
            ? _clock.CallerCancellation(exception) ?? (Exception)new ObjectDisposedException("The stream was disposed while it was read.", _response.Secrets.Masked(exception))
            : Noted(CallErrors.InsideStream(exception, _response, Received));
    }

    // Where events are read, what becomes of them is known to those who read them.
    private TException? Noted<TException>(TException? failure)
        where TException : Exception
    {
        if (_countsBytes && failure is not null)
        {
            _response.Record?.Failed(failure);
        }

        return failure;
    }
}
